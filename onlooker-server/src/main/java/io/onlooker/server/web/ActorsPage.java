package io.onlooker.server.web;

import io.onlooker.server.cost.Meter;
import io.onlooker.server.cost.PriceMatch;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import io.onlooker.server.read.Rollups;
import io.onlooker.store.Store;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Lists models, tools, servers of tools and queues: what spans name. */
final class ActorsPage {

  private static final int MOST = 200;

  private final Store store;
  private final IntFunction<Prices> prices;

  /**
   * @param prices those that count in a project
   */
  ActorsPage(Store store, IntFunction<Prices> prices) {
    this.store = store;
    this.prices = prices;
  }

  ListView models(Frame frame, int project, Ask ask) {
    Figures spans = new Figures(store, project);
    List<Model> models = Model.read(spans, ask.environment(), ask.range(), MOST);
    Palette palette = Palette.of(models.stream().filter(Model::priced).map(Model::name).toList());
    Table table =
        Column.table(
            "Models",
            "models",
            ask,
            Model.columns(palette, model -> price(frame, project, model)),
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
    Figures spans = new Figures(store, project);
    Rollup calls = Rollup.TOOLS.where(ask.environment());
    List<Tool> tools = Tool.readNamed(spans, calls, ask.range(), MOST);
    ToolSizes sizes = ToolSizes.of(spans, calls.q(), ask.range());
    Table table =
        Column.table(
            "Tools",
            "tools",
            ask,
            Tool.columns(tools, sizes),
            tools,
            Tool::name,
            tool -> one(frame, ask, "tools", tool.name()));
    return found(frame, ask, "tools", "Tools", table);
  }

  ListView mcp(Frame frame, int project, Ask ask) {
    Rollup servers = Rollup.MCP.by("mcp.server.name");
    Rollup calls = servers.where(ask.environment());
    List<Tool> tools = Tool.read(new Figures(store, project), calls, ask.range(), MOST);
    Table table =
        Column.table(
            "MCP",
            "tools",
            ask,
            Tool.columns("Server", tools),
            tools,
            Tool::name,
            tool -> samples(frame, ask, servers.q() + " " + Links.term(servers.by(), tool.name())));
    return found(frame, ask, "mcp", "MCP", table);
  }

  ListView queues(Frame frame, int project, Ask ask) {
    Rollup queues = Rollup.QUEUES.where(ask.environment());
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

  /** {@code $2.50 → $10} per million tokens; leads to the price, or to the form for one. */
  private Cell price(Frame frame, int project, Model model) {
    PriceMatch match = prices.apply(project).lookup(model.provider(), model.name());
    PriceRow row = match == null ? null : match.at(frame.now());
    BigDecimal in = row == null ? null : row.prices().get(Meter.INPUT);
    BigDecimal out = row == null ? null : row.prices().get(Meter.OUTPUT);
    if (row == null || in == null) {
      return Cell.of("no price", "What it costs is not known: set a price")
          .styled("strong")
          .linked(PriceList.form(frame.links(), model));
    }
    String text = usd(in) + (out == null ? "" : " → " + usd(out));
    String list = frame.links().one("settings", "prices");
    return Cell.of(text, "a million tokens in → out, " + row.provider() + " " + row.model())
        .linked(Links.with(list, Map.of("q", row.model())));
  }

  /** {@code $10}, {@code $2.50} or {@code $0.075}: cents are two digits. */
  private static String usd(BigDecimal price) {
    BigDecimal shortest = price.stripTrailingZeros();
    int scale = shortest.scale() <= 0 ? 0 : Math.max(2, shortest.scale());
    return "$" + shortest.setScale(scale).toPlainString();
  }

  private static String one(Frame frame, Ask ask, String kind, String name) {
    return Links.with(frame.links().one(kind, name), ask.kept());
  }

  private static String samples(Frame frame, Ask ask, String query) {
    java.util.Map<String, String> parameters = new java.util.LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(ask.kept());
    parameters.put("mode", "samples");
    return frame.links().spans(parameters);
  }
}
