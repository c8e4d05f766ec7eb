@NullMarked
package io.onlooker.examples.demo;

import org.jspecify.annotations.NullMarked;
