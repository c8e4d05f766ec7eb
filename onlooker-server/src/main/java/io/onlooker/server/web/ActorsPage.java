package io.onlooker.server.web;

import io.onlooker.store.Store;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists models, tools, servers of tools and queues: what spans name. */
final class ActorsPage {

  private static final int MOST = 200;

  private final Store store;

  ActorsPage(Store store) {
    this.store = store;
  }

  ListView models(Frame frame, int project, Ask ask) {
    Figures spans = new Figures(store, project);
    List<Model> models = Model.read(spans, environment(ask), ask.range(), MOST);
    Palette palette = Palette.of(models.stream().filter(Model::priced).map(Model::name).toList());
    Table table =
        Column.table(
            "Models",
            "models",
            ask,
            Model.columns(palette),
            models,
            Model::name,
            model -> one(frame, ask, "models", model.name()));
    long unpriced = models.stream().filter(model -> model.unpriced() > 0).count();
    ListView view = found(frame, ask, "models", "Models", table);
    return unpriced == 0
        ? view
        : view.noted(
            unpriced
                + (unpriced == 1 ? " model has" : " models have")
                + " calls without a price: what they cost is not known, and sums are lower bounds.");
  }

  ListView tools(Frame frame, int project, Ask ask) {
    return actors(
        frame,
        project,
        ask,
        "tools",
        "Tools",
        Tool.CALLS,
        "gen_ai.tool.name",
        tool -> one(frame, ask, "tools", tool.name()));
  }

  ListView mcp(Frame frame, int project, Ask ask) {
    return actors(
        frame,
        project,
        ask,
        "mcp",
        "MCP",
        "has:mcp.server.name",
        "mcp.server.name",
        tool -> samples(frame, ask, Links.term("mcp.server.name", tool.name())));
  }

  ListView queues(Frame frame, int project, Ask ask) {
    return actors(
        frame,
        project,
        ask,
        "queues",
        "Queues",
        "op:queue.process",
        "messaging.destination.name",
        tool ->
            samples(
                frame,
                ask,
                "op:queue.process " + Links.term("messaging.destination.name", tool.name())));
  }

  private ListView actors(
      Frame frame,
      int project,
      Ask ask,
      String place,
      String title,
      String query,
      String by,
      Function<Tool, @Nullable String> link) {
    String narrowed = (query + " " + environment(ask)).strip();
    List<Tool> tools = Tool.read(new Figures(store, project), narrowed, by, ask.range(), MOST);
    String label = title.equals("MCP") ? "Server" : title.substring(0, title.length() - 1);
    Table table =
        Column.table(title, "tools", ask, Tool.columns(label, tools), tools, Tool::name, link);
    return found(frame, ask, place, title, table);
  }

  private static ListView found(Frame frame, Ask ask, String place, String title, Table table) {
    ListView view = ListView.of(frame, title, Tabs.actors(ask, frame.links(), place), ask, null);
    return table.rows().isEmpty()
        ? view.nothing("call")
        : view.found(table, Show.count(table.rows().size()), null);
  }

  private static String environment(Ask ask) {
    String environment = ask.text("env");
    return environment.isEmpty() ? "" : Links.term("environment", environment);
  }

  private static String one(Frame frame, Ask ask, String kind, String name) {
    return Links.with(frame.links().one(kind, name), ask.range().parameters());
  }

  private static String samples(Frame frame, Ask ask, String query) {
    java.util.Map<String, String> parameters = new java.util.LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(ask.range().parameters());
    parameters.put("mode", "samples");
    return frame.links().spans(parameters);
  }
}
