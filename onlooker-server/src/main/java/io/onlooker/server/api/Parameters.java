package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query parameters that lists share. */
record Parameters(Request request) {

  static final int MOST = 1000;

  /** The query text; empty without one. */
  String q() {
    String text = request.parameter("q");
    return text == null ? "" : text;
  }

  TimeRange range(Instant now) {
    return TimeRange.of(text("from"), text("to"), text("range"), now);
  }

  /** How many to return, 1 to 1000. */
  int limit(int usual) {
    String text = text("limit");
    if (text == null) {
      return usual;
    }
    boolean number = text.matches("[0-9]{1,5}");
    int limit = number ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw Problem.badParameter("limit", text, "1 to " + MOST);
    }
    return limit;
  }

  /** The parameter, or null when it is missing or empty. */
  @Nullable String text(String name) {
    String text = request.parameter(name);
    return text == null || text.isBlank() ? null : text;
  }

  /** One of a few words, in any case. */
  <E extends Enum<E>> E oneOf(String name, E usual) {
    String text = text(name);
    if (text == null) {
      return usual;
    }
    E[] values = usual.getDeclaringClass().getEnumConstants();
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    String names = Stream.of(values).map(Enum::name).collect(Collectors.joining(", "));
    throw Problem.badParameter(name, text, "one of " + names.toLowerCase(Locale.ROOT));
  }

  /** A trace id, with or without dashes, in any case. */
  static String traceId(String name, String text) {
    String id = text.replace("-", "").toLowerCase(Locale.ROOT);
    if (!id.matches("[0-9a-f]{32}")) {
      throw Problem.badParameter(name, text, "32 hexadecimal digits");
    }
    return id;
  }
}
