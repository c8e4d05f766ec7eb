package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the browser remembers for this person, in cookies, so that the first page is right already.
 *
 * @param theme {@code light}, {@code dark}, or null to follow the system
 * @param zone in which times are shown
 * @param chosenZone empty when {@code zone} is the browser's own
 * @param keys whether keys of one letter act
 * @param columns the columns that somebody wants to see always, by the list
 * @param readAs how what was said is shown
 */
record Visitor(
    @Nullable String theme,
    ZoneId zone,
    String chosenZone,
    boolean keys,
    Map<String, List<String>> columns,
    ReadAs readAs) {

  /** The cookie that holds columns: {@code sessions:started.status.agent~logs:time.message}. */
  static final String COLUMNS = "columns";

  private static final Pattern CHOICE = Pattern.compile("([a-z-]{1,40}):([a-z0-9_.-]{1,400})");

  private static final int MOST_LISTS = 20;

  static Visitor of(Request request) {
    String theme = request.cookie("theme");
    boolean known = "light".equals(theme) || "dark".equals(theme);
    ZoneId chosen = zone(request.cookie("clock"));
    ZoneId own = zone(request.cookie("zone"));
    ZoneId utc = ZoneId.of("UTC");
    return new Visitor(
        known ? theme : null,
        chosen != null ? chosen : Objects.requireNonNullElse(own, utc),
        chosen == null ? "" : chosen.getId(),
        !"off".equals(request.cookie("keys")),
        columns(request.cookie(COLUMNS)),
        ReadAs.of(request.cookie("reader")));
  }

  /** {@code UTC}, {@code Asia/Seoul}: said once on a page that shows times. */
  String zoneName() {
    return zone.getId();
  }

  /** The cookie's value after these columns were chosen for a list. */
  String withColumns(String list, List<String> chosen) {
    Map<String, List<String>> all = new LinkedHashMap<>(columns);
    all.put(list, chosen);
    StringBuilder value = new StringBuilder();
    all.forEach((name, names) -> {
      String choice = name + ":" + String.join(".", names);
      if (CHOICE.matcher(choice).matches()) {
        value.append(value.isEmpty() ? "" : "~").append(choice);
      }
    });
    return value.toString();
  }

  private static Map<String, List<String>> columns(@Nullable String cookie) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String part : cookie == null ? new String[0] : cookie.split("~", MOST_LISTS)) {
      var choice = CHOICE.matcher(part);
      if (choice.matches()) {
        columns.put(choice.group(1), List.of(choice.group(2).split("\\.")));
      }
    }
    return Map.copyOf(columns);
  }

  private static @Nullable ZoneId zone(@Nullable String name) {
    try {
      return name == null || name.isEmpty() ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
