package io.onlooker.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spans of a project that start in {@code [from, to)}, newest first.
 *
 * @param cursor where an earlier page ended, or null for the first
 */
public record SpanQuery(
    int project, Filter filter, Instant from, Instant to, int limit, @Nullable String cursor) {}
