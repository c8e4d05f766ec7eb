package io.onlooker.server.web;

import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import io.onlooker.server.read.Rollups;
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
    return tools(
        frame,
        ask,
        "tools",
        "Tools",
        read(project, ask, Rollup.TOOLS),
        tool -> one(frame, ask, "tools", tool.name()));
  }

  ListView mcp(Frame frame, int project, Ask ask) {
    Rollup servers = Rollup.MCP.by("mcp.server.name");
    return tools(
        frame,
        ask,
        "mcp",
        "MCP",
        read(project, ask, servers),
        tool -> samples(frame, ask, servers.q() + " " + Links.term(servers.by(), tool.name())));
  }

  private List<Tool> read(int project, Ask ask, Rollup calls) {
    return Tool.read(new Figures(store, project), calls.where(environment(ask)), ask.range(), MOST);
  }

  private static ListView tools(
      Frame frame,
      Ask ask,
      String place,
      String title,
      List<Tool> tools,
      Function<Tool, @Nullable String> link) {
    String label = title.equals("MCP") ? "Server" : "Tool";
    Table table =
        Column.table(title, "tools", ask, Tool.columns(label, tools), tools, Tool::name, link);
    return found(frame, ask, place, title, table);
  }

  ListView queues(Frame frame, int project, Ask ask) {
    Rollup queues = Rollup.QUEUES.where(environment(ask));
    List<RollupRow> rows =
        new Rollups(store, project).table(queues, ask.range().period(), true, MOST).rows();
    Table table =
        Column.table(
            "Queues",
            "tools",
            ask,
            QueueColumns.ALL,
            rows,
            row -> Actors.name(row.name()),
            row ->
                samples(
                    frame,
                    ask,
                    Rollup.QUEUES.q() + " " + Links.term(queues.by(), Actors.name(row.name()))));
    return found(frame, ask, "queues", "Queues", table);
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
