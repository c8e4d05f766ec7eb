package io.onlooker.server.web;

import java.nio.file.Path;
import java.util.List;

/** How Chromium is started so that it does nothing of its own. */
final class Browser {

  private Browser() {}

  static List<String> flags(Path emptyProfile) {
    return List.of(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + emptyProfile);
  }
}
