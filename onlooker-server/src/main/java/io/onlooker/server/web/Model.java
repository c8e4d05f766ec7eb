package io.onlooker.server.web;

import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import io.onlooker.store.Session;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one model say, as figures; null where no call said it.
 *
 * @param unpriced calls that have no known cost
 */
record Model(
    String name,
    @Nullable String provider,
    long calls,
    long errors,
    @Nullable Double in,
    @Nullable Double out,
    @Nullable Double cached,
    @Nullable Double usd,
    long unpriced,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double firstToken) {

  /** The spans that are calls of models. */
  static final String CALLS = Rollup.MODELS.q();

  private static final Comparator<Model> DEAREST =
      Comparator.comparing(
              (Model model) -> model.usd() == null ? -1.0 : (double) model.usd(),
              Comparator.reverseOrder())
          .thenComparing(Model::calls, Comparator.reverseOrder());

  /**
   * The models that were called, dearest first.
   *
   * @param more a query that narrows the calls, or empty
   */
  static List<Model> read(Figures spans, String more, Range range, int limit) {
    return read(spans, Rollup.MODELS.where(more), range, limit);
  }

  /** The same with those figures only that {@link #shortColumns} show. */
  static List<Model> readShort(Figures spans, String more, Range range, int limit) {
    Rollup brief =
        Rollup.MODELS.only(
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "cost_usd",
            "unpriced_calls",
            "p95_ms");
    return read(spans, brief.where(more), range, limit);
  }

  private static List<Model> read(Figures spans, Rollup calls, Range range, int limit) {
    return spans.rolled().table(calls, range.period(), false, limit).rows().stream()
        .map(Model::of)
        .sorted(DEAREST)
        .toList();
  }

  private static Model of(RollupRow row) {
    io.onlooker.server.read.Figures figures = row.figures();
    return new Model(
        Actors.name(row.name()),
        row.mostOf("providers"),
        figures.whole("calls"),
        whole(figures.find("failed")),
        figures.get("input_tokens"),
        figures.get("output_tokens"),
        figures.get("cached_tokens"),
        figures.get("cost_usd"),
        figures.whole("unpriced_calls"),
        figures.find("p50_ms"),
        figures.get("p95_ms"),
        figures.find("first_token_p50_s"));
  }

  static long whole(@Nullable Object value) {
    Double number = Series.number(value);
    return number == null ? 0 : Math.round(number);
  }

  Session.Cost cost() {
    Double known = usd;
    return new Session.Cost(known == null ? null : BigDecimal.valueOf(known), (int) unpriced);
  }

  boolean priced() {
    return usd != null;
  }

  /** The share of the input that came from a cache, or null. */
  @Nullable Double cachedShare() {
    Double tokens = cached;
    Double all = in;
    return tokens == null || all == null || all == 0 || tokens == 0
        ? null
        : (Double) (tokens / all);
  }

  static List<Column<Model>> shortColumns(Palette palette) {
    return List.of(
        named(palette),
        Column.number("calls", "Calls", "c-steps", model -> Cell.count(model.calls())),
        tokens("in", "In", Model::in),
        tokens("out", "Out", Model::out),
        cachedColumn(),
        costColumn(),
        millis("p95", "p95", Model::p95));
  }

  /**
   * The columns of the list of models.
   *
   * @param price what a model costs by the price table
   */
  static List<Column<Model>> columns(Palette palette, Function<Model, Cell> price) {
    return List.of(
        named(palette),
        Column.text("provider", "Provider", "c-agent", model -> Cell.of(model.provider())),
        Column.number("calls", "Calls", "c-steps", model -> Cell.count(model.calls())),
        Column.number("errors", "Errors", "c-steps", model -> Cell.faults(model.errors())),
        tokens("in", "In", Model::in),
        tokens("out", "Out", Model::out),
        cachedColumn(),
        Column.number(
            "first",
            "First token",
            "c-cost",
            model ->
                Cell.of(
                    Unit.SECONDS.show(model.firstToken()), Unit.SECONDS.exact(model.firstToken()))),
        millis("p50", "p50", Model::p50),
        millis("p95", "p95", Model::p95),
        costColumn(),
        Column.number("price", "Price", "c-tokens", price));
  }

  private static Column<Model> named(Palette palette) {
    return Column.text(
        "model",
        "Model",
        "",
        model ->
            Cell.of(model.name())
                .marked(new Mark.Swatch(palette.css(model.name())))
                .termed("gen_ai.request.model", model.name()));
  }

  private static Column<Model> tokens(
      String key, String label, Function<Model, @Nullable Double> value) {
    return Column.number(
        key,
        label,
        "c-steps",
        model ->
            Cell.of(Unit.TOKENS.show(value.apply(model)), Unit.TOKENS.exact(value.apply(model))));
  }

  private static Column<Model> millis(
      String key, String label, Function<Model, @Nullable Double> value) {
    return Column.number(
        key,
        label,
        "c-took",
        model ->
            Cell.of(Unit.MILLIS.show(value.apply(model)), Unit.MILLIS.exact(value.apply(model))));
  }

  private static Column<Model> cachedColumn() {
    return Column.number(
        "cached", "Cached", "c-steps", model -> Cell.of(Unit.SHARE.show(model.cachedShare())));
  }

  private static Column<Model> costColumn() {
    return Column.number(
        "cost",
        "Cost",
        "c-price",
        model ->
            Cell.of(Show.cost(model.cost()), Show.exactCost(model.cost()))
                .styled(model.priced() ? "" : "dim"));
  }
}
