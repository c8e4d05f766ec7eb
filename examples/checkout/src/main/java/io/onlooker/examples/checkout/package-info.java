/** A shop: from the click on Checkout to the payment, in one trace. */
@NullMarked
package io.onlooker.examples.checkout;

import org.jspecify.annotations.NullMarked;
