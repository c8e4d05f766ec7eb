package io.onlooker.server.web;

import io.onlooker.server.http.Request;

/** How long data is kept; set for the whole server when it starts. */
final class RetentionSection implements SettingsSection {

  private final String kept;

  RetentionSection(String kept) {
    this.kept = kept;
  }

  /** As a person reads it. */
  record View(String kept) implements Body {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    return new View(kept);
  }
}
