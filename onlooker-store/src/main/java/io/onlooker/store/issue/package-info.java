/** Failures with the same cause: how they are told apart, counted and kept in a state. */
@NullMarked
package io.onlooker.store.issue;

import org.jspecify.annotations.NullMarked;
