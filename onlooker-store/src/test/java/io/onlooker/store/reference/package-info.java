/** A slow and obvious answer to every query, for tests to compare a store with. */
@NullMarked
package io.onlooker.store.reference;

import org.jspecify.annotations.NullMarked;
