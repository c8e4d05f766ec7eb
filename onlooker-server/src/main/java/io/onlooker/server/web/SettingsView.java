package io.onlooker.server.web;

import java.util.List;

/**
 * A page of a project's settings.
 *
 * @param section the last part of its path
 * @param token what each form carries; empty when this person may change nothing
 * @param done what a form did a moment ago
 */
record SettingsView(
    Frame frame, String section, String token, Done done, SettingsSection.Body body) {

  static final List<Frame.Place> SECTIONS =
      List.of(
          new Frame.Place("project", "Project"),
          new Frame.Place("keys", "Keys"),
          new Frame.Place("redaction", "Redaction"),
          new Frame.Place("prices", "Prices"),
          new Frame.Place("retention", "Retention"),
          new Frame.Place("people", "People"),
          new Frame.Place("you", "You"));

  String project() {
    return frame.links().project();
  }
}
