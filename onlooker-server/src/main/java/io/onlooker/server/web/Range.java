package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time a list looks at.
 *
 * @param name {@code 1h}, {@code 6h} …, or empty for fixed times
 */
record Range(String name, Instant from, Instant to) {

  static final String USUAL = "24h";

  private static final Map<String, Duration> LENGTHS = lengths();

  /** What the address asks for; the usual range when it says nothing or nothing understandable. */
  static Range of(Request request, Instant now) {
    Instant from = instant(request.parameter("from"));
    Instant to = instant(request.parameter("to"));
    if (from != null && to != null && from.isBefore(to)) {
      return new Range("", from, to);
    }
    String asked = request.parameter("range");
    return last(asked != null && LENGTHS.containsKey(asked) ? asked : USUAL, now);
  }

  static Iterable<String> names() {
    return LENGTHS.keySet();
  }

  /** The parameters that ask for this range again; a relative one stays relative. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (name.isEmpty()) {
      parameters.put("from", from.toString());
      parameters.put("to", to.toString());
    } else {
      parameters.put("range", name);
    }
    return parameters;
  }

  private static Range last(String name, Instant now) {
    Duration length = LENGTHS.getOrDefault(name, Duration.ofHours(24));
    // A second more, so that what starts while the page is made is on it.
    return new Range(name, now.minus(length), now.plusSeconds(1));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null || text.length() > 40 ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Map<String, Duration> lengths() {
    Map<String, Duration> lengths = new LinkedHashMap<>();
    lengths.put("1h", Duration.ofHours(1));
    lengths.put("6h", Duration.ofHours(6));
    lengths.put(USUAL, Duration.ofHours(24));
    lengths.put("7d", Duration.ofDays(7));
    lengths.put("30d", Duration.ofDays(30));
    return lengths;
  }
}
