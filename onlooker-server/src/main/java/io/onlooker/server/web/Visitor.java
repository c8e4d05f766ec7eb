package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the browser remembers for this person, in cookies, so that the first page is right already.
 *
 * @param theme {@code light}, {@code dark}, or null to follow the system
 * @param zone in which times are shown
 * @param readAs how what was said is shown
 */
record Visitor(@Nullable String theme, ZoneId zone, ReadAs readAs) {

  static Visitor of(Request request) {
    String theme = cookie(request, "theme");
    boolean known = "light".equals(theme) || "dark".equals(theme);
    return new Visitor(
        known ? theme : null, zone(cookie(request, "zone")), ReadAs.of(cookie(request, "reader")));
  }

  /** {@code UTC}, {@code Asia/Seoul}: said once on a page that shows times. */
  String zoneName() {
    return zone.getId();
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "UTC" : name);
    } catch (DateTimeException e) {
      return ZoneId.of("UTC");
    }
  }

  private static @Nullable String cookie(Request request, String name) {
    String header = request.header("cookie");
    if (header == null) {
      return null;
    }
    for (String pair : header.split(";", 100)) {
      String cookie = pair.strip();
      if (cookie.startsWith(name + "=")) {
        return cookie.substring(name.length() + 1);
      }
    }
    return null;
  }
}
