@NullMarked
package io.onlooker.examples.search;

import org.jspecify.annotations.NullMarked;
