package io.onlooker.export;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Nanoseconds since 1970-01-01T00:00Z, the form of time everywhere in Onlooker. */
final class Times {

  private Times() {}

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** ISO 8601 in UTC, to the millisecond. */
  static String iso(long nanos) {
    return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** ISO 8601 in UTC, to the nanosecond. */
  static String exact(long nanos) {
    return Instant.ofEpochSecond(0, nanos).toString();
  }
}
