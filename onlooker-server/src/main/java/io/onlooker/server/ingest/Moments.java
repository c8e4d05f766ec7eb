package io.onlooker.server.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Times of senders as nanoseconds since 1970, without losing a digit. */
final class Moments {

  /** The last full second that fits a long of nanoseconds, in the year 2262. */
  private static final double LAST_SECOND = 9_223_372_035.0;

  private static final BigDecimal TOO_LATE = BigDecimal.valueOf(Long.MAX_VALUE);

  private Moments() {}

  /** Seconds as a number or numeric text, or an ISO date; without zone it is UTC. */
  static long nanos(JsonNode object, String field) throws Malformed {
    JsonNode node = object.path(field);
    if (node.isNumber()) {
      return ofSeconds(field, node.decimalValue());
    }
    if (!node.isString()) {
      throw new Malformed(
          field
              + ": "
              + (node.isMissingNode() || node.isNull() ? "missing" : node.getNodeType())
              + " (expected: seconds since 1970 or an ISO date)");
    }
    return ofText(field, node.stringValue());
  }

  /**
   * What a client of the sessions API calls a time: an ISO date, or a number since 1970 whose size
   * tells seconds, milliseconds, microseconds and nanoseconds apart.
   */
  static long ofClient(String field, JsonNode node) throws Malformed {
    if (!node.isNumber()) {
      if (!node.isString()) {
        throw new Malformed(field + ": " + node.getNodeType() + " (expected: a time)");
      }
      return ofText(field, node.stringValue());
    }
    double rough = node.decimalValue().doubleValue();
    int digits = rough < 1e11 ? 0 : rough < 1e14 ? 3 : rough < 1e17 ? 6 : 9;
    return ofSeconds(field, rough < 1e19 ? node.decimalValue().movePointLeft(digits) : TOO_LATE);
  }

  static boolean has(JsonNode object, String field) {
    JsonNode node = object.path(field);
    return !node.isMissingNode() && !node.isNull();
  }

  private static long ofText(String field, String text) throws Malformed {
    try {
      if (text.length() < 40 && text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
        return ofSeconds(field, new BigDecimal(text));
      }
      return ofInstant(field, parse(text.replace(' ', 'T')));
    } catch (DateTimeException | NumberFormatException _) {
      String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
      throw new Malformed(field + ": " + shown + " (expected: seconds since 1970 or an ISO date)");
    }
  }

  private static Instant parse(String text) {
    int zone = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
    boolean zoned = text.endsWith("Z") || zone > text.indexOf('T');
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static long ofSeconds(String field, BigDecimal seconds) throws Malformed {
    // Compared as a double first: an exponent of a billion must not become a billion digits.
    double rough = seconds.doubleValue();
    if (!(rough > 0 && rough < LAST_SECOND)) {
      throw new Malformed(field + ": " + rough + " (expected: seconds between 1970 and 2262)");
    }
    return seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static long ofInstant(String field, Instant instant) throws Malformed {
    long second = instant.getEpochSecond();
    if (second <= 0 || second >= LAST_SECOND) {
      throw new Malformed(field + ": " + instant + " (expected: between 1970 and 2262)");
    }
    return TimeUnit.SECONDS.toNanos(second) + instant.getNano();
  }
}
