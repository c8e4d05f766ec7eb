package io.onlooker.store;

import java.time.Instant;

/**
 * Which attributes the spans of a project that start in {@code [from, to)} have.
 *
 * @param contains a part of their keys, in any case; empty for all
 * @param limit most of them to return
 */
public record AttributeQuery(int project, String contains, Instant from, Instant to, int limit) {}
