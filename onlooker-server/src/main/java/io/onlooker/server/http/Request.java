package io.onlooker.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, its body complete and still as it was sent (compressed or not).
 *
 * @param path without the query, decoded, beginning with a slash
 * @param route what the route's {@code {name}} parts matched, decoded
 * @param query decoded; a name given twice has both values
 * @param headers by lower-case name
 */
public record Request(
    String method,
    String path,
    Map<String, String> route,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {

  /** The part of the path that the route calls by this name. */
  public String route(String name) {
    String value = route.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "route part: " + name + " (expected: one of " + route.keySet() + ")");
    }
    return value;
  }

  /** The first value of a query parameter, or null. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** All values of a query parameter, in order; empty when it is not there. */
  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The value of a cookie, or null. */
  public @Nullable String cookie(String name) {
    for (String header : headers.getOrDefault("cookie", List.of())) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return pair.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }
}
