package io.onlooker.server.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the server remembers it: its text is known to nobody but its holder.
 *
 * @param project the one project it opens, or null for all
 * @param hint the first characters, to tell keys apart
 * @param disabled since when it opens nothing, or null while it is live
 * @param limits how much may be sent with it, as {@code docs/running.md} writes it; empty for
 *     without limits
 */
public record Key(
    long id,
    @Nullable Integer project,
    Scope scope,
    String label,
    String hint,
    Instant created,
    @Nullable Instant disabled,
    String limits) {

  /** Whether it opens anything. */
  public boolean live() {
    return disabled == null;
  }
}
