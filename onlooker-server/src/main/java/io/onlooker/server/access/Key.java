package io.onlooker.server.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the server remembers it: its text is known to nobody but its holder.
 *
 * @param project the one project it opens, or null for all
 * @param hint the first characters, to tell keys apart
 */
public record Key(
    long id, @Nullable Integer project, Scope scope, String label, String hint, Instant created) {}
