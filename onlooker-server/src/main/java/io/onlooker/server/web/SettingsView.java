package io.onlooker.server.web;

import io.onlooker.server.access.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a project's settings.
 *
 * @param section {@code project}, {@code keys}, {@code redaction}, {@code prices}, {@code
 *     retention} or {@code people}
 * @param token what each form carries; empty when this person may change nothing
 * @param said what was done a moment ago, or null
 * @param problem what could not be done, or null
 * @param secret shown this once, or null
 */
record SettingsView(
    Frame frame,
    String section,
    String token,
    @Nullable String said,
    @Nullable String problem,
    @Nullable String secret,
    Project project,
    List<Project> projects,
    List<Pair> facts,
    List<KeyLine> keys,
    @Nullable Redaction redaction,
    @Nullable Table prices,
    List<String> unpriced) {

  static final List<Frame.Place> SECTIONS =
      List.of(
          new Frame.Place("project", "Project"),
          new Frame.Place("keys", "Keys"),
          new Frame.Place("redaction", "Redaction"),
          new Frame.Place("prices", "Prices"),
          new Frame.Place("retention", "Retention"),
          new Frame.Place("people", "People"));

  /** A name and what stands beside it. */
  record Pair(String name, String value) {}

  /** A key; its text is known to nobody but its holder. */
  record KeyLine(long id, String label, String scope, String hint, String created) {}

  /**
   * What leaves an application and what does not.
   *
   * @param kinds each kind and its mode
   * @param patterns the project's own, one in a line: {@code NAME mode expression}
   * @param sample what was tried, or empty
   * @param before the sample, each finding as a stretch of its own
   * @param after the sample as it would leave; empty when nothing was tried
   */
  record Redaction(
      boolean enabled,
      List<Pair> kinds,
      String patterns,
      String hidden,
      String secretKeys,
      List<Pair> leaks,
      String sample,
      List<Piece> before,
      List<Piece> after) {

    static final List<String> MODES = List.of("label", "hash", "mask", "remove", "off");
  }
}
