package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;

/** Lists that are looked at together. */
final class Tabs {

  private Tabs() {}

  static List<ListView.Tab> sessions(Ask ask, Links links, String here) {
    return of(ask, links, here, "sessions", "Sessions", "traces", "Traces");
  }

  static List<ListView.Tab> people(Ask ask, Links links, String here) {
    return of(ask, links, here, "conversations", "Conversations", "users", "Users");
  }

  static List<ListView.Tab> actors(Ask ask, Links links, String here) {
    return of(
        ask, links, here, "agents", "Agents", "models", "Models", "tools", "Tools", "mcp", "MCP",
        "queues", "Queues");
  }

  /** The time and the environment are kept from one to the next. */
  private static List<ListView.Tab> of(Ask ask, Links links, String here, String... names) {
    List<ListView.Tab> tabs = new ArrayList<>();
    for (int i = 0; i < names.length; i += 2) {
      String link = Links.with(links.place(names[i]), ask.kept());
      tabs.add(new ListView.Tab(names[i + 1], link, names[i].equals(here)));
    }
    return tabs;
  }
}
