package io.onlooker;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread stands: what {@link Carrier} keeps for it and carries to others.
 *
 * @param span the span below which new ones start, or null
 * @param remote what the next root continues, or null
 * @param trace what holds for the next root, or null
 */
record Current(
    @Nullable Span span, Scope scope, @Nullable Remote remote, @Nullable TraceOptions trace) {

  Current below(Span child) {
    return new Current(child, scope, remote, trace);
  }
}
