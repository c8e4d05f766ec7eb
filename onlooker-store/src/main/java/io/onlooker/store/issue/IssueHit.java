package io.onlooker.store.issue;

import org.jspecify.annotations.Nullable;

/**
 * One failure of an issue.
 *
 * @param id of the failure, for a cursor
 * @param message in its own words, or null
 * @param eventId of the error event that tells of it, or null when only a span does
 */
public record IssueHit(
    String id,
    long timeNanos,
    @Nullable String traceId,
    @Nullable String spanId,
    @Nullable String sessionId,
    @Nullable String message,
    @Nullable String eventId,
    Failure.Setting setting) {}
