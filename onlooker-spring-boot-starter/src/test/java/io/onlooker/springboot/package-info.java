@NullMarked
package io.onlooker.springboot;

import org.jspecify.annotations.NullMarked;
