@NullMarked
package io.onlooker.examples.support;

import org.jspecify.annotations.NullMarked;
