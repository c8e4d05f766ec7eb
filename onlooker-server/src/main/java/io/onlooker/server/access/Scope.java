package io.onlooker.server.access;

import java.util.Locale;

/** What a key is good for. */
public enum Scope {
  /** Sends items, nothing else; the key of a DSN. */
  INGEST,
  /** Reads what was sent. */
  READ,
  /** Everything, settings included. */
  ADMIN;

  /** Whether a holder of this scope may do what needs the other. */
  public boolean covers(Scope needed) {
    return this == ADMIN || this == needed;
  }

  /** As shown and stored: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of this label.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Scope of(String label) {
    for (Scope scope : values()) {
      if (scope.label().equals(label)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("scope: " + label + " (expected: ingest, read or admin)");
  }
}
