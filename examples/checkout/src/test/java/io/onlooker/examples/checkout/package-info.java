@NullMarked
package io.onlooker.examples.checkout;

import org.jspecify.annotations.NullMarked;
