package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser remembers of its person: the zone of the clock, and whether letters are keys. */
final class YouSection implements SettingsSection {

  private static final int YEAR = 31_536_000;

  /**
   * What is remembered.
   *
   * @param zone that was chosen, or empty for the browser's own
   * @param zones to choose from
   * @param columns the lists that have columns of their own
   */
  record View(String zone, String shownZone, List<String> zones, boolean keys, List<String> columns)
      implements Body {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    Visitor visitor = visit.frame().visitor();
    return new View(
        visitor.chosenZone(),
        visitor.zoneName(),
        ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.contains("/")).sorted().toList(),
        visitor.keys(),
        visitor.columns().keySet().stream().sorted().toList());
  }

  /** The cookie that remembers what a form says; null when it says nothing understandable. */
  static @Nullable String cookie(FormBody form) {
    return switch (form.text("do")) {
      case "zone" -> zone(form.text("zone").strip());
      case "keys" -> cookie("keys", form.text("keys").equals("on") ? "" : "off");
      case "forget-columns" -> cookie(Visitor.COLUMNS, "");
      default -> null;
    };
  }

  private static @Nullable String zone(String name) {
    try {
      return cookie("clock", name.isEmpty() ? "" : ZoneId.of(name).getId());
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** A cookie that holds no secret, read by scripts too; an empty one is forgotten. */
  static String cookie(String name, String value) {
    return name + "=" + value + "; Path=/; SameSite=Lax; Max-Age=" + (value.isEmpty() ? 0 : YEAR);
  }
}
