/** What a span says to a person: its kind, its messages, why it failed. */
@NullMarked
package io.onlooker.store.span;

import org.jspecify.annotations.NullMarked;
