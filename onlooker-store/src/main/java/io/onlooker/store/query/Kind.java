package io.onlooker.store.query;

/** How the values of a field are written in a query. */
enum Kind {
  TEXT("text"),
  /** Hex digits, in any case and with dashes or without. */
  ID("text"),
  STATUS("ok, error, cancelled, unset or a status message"),
  SESSION_STATUS("running, completed, recovered, failed, cancelled or lost"),
  FLAG("true, false, 1 or 0"),
  TIME("a time such as 2026-11-20, 2026-11-20T10:00:00Z or -24h"),
  DURATION("a duration such as 250ms, 1.5s or 2min"),
  NUMBER("a number such as 500, 1.5k or 10%"),
  /** An attribute, whose type only its spans know. */
  ANY("a number such as 500 or 1.5k, a duration such as 1s, or a size such as 5kb"),
  /** An attribute whose name says milliseconds. */
  ANY_MILLIS("a duration such as 250ms, 1.5s or 2min, or a number"),
  /** An attribute whose name says seconds. */
  ANY_SECONDS("a duration such as 250ms, 1.5s or 2min, or a number of seconds");

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  /** What to write, for a person who wrote something else. */
  String expected() {
    return expected;
  }

  /** Whether values can be smaller and larger. */
  boolean isOrdered() {
    return switch (this) {
      case TIME, DURATION, NUMBER, ANY, ANY_MILLIS, ANY_SECONDS -> true;
      case TEXT, ID, STATUS, SESSION_STATUS, FLAG -> false;
    };
  }

  boolean takesWildcards() {
    return switch (this) {
      case TEXT, ID, STATUS, SESSION_STATUS, ANY, ANY_MILLIS, ANY_SECONDS -> true;
      case FLAG, TIME, DURATION, NUMBER -> false;
    };
  }

  boolean isAny() {
    return this == ANY || this == ANY_MILLIS || this == ANY_SECONDS;
  }
}
