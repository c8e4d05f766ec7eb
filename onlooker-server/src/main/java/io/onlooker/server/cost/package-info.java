/**
 * Usage times price is cost, or a reason why there is none. No input or output but the price file.
 */
@NullMarked
package io.onlooker.server.cost;

import org.jspecify.annotations.NullMarked;
