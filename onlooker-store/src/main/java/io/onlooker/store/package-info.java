/** Keeps items and finds them again: the store's contract, the query tree and its results. */
@NullMarked
package io.onlooker.store;

import org.jspecify.annotations.NullMarked;
