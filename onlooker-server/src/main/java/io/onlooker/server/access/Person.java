package io.onlooker.server.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in with a name and a password.
 *
 * @param scope {@link Scope#READ} or {@link Scope#ADMIN}
 * @param project the one project this person sees, or null for all
 */
public record Person(
    long id, String name, Scope scope, @Nullable Integer project, Instant created) {}
