package io.onlooker.store.issue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about an issue.
 *
 * @param release that resolves it, or null for what runs now
 * @param until when ignoring it ends, or null for never
 */
public record IssueChange(
    Issue.State state, Instant at, @Nullable String release, @Nullable Instant until) {}
