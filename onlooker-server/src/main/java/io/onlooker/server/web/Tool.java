package io.onlooker.server.web;

import io.onlooker.store.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one tool, or of one of a queue's ends, say as figures.
 *
 * @param before the 95th percentile in the period before, or null
 */
record Tool(
    String name,
    long calls,
    long errors,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double most,
    @Nullable Double before) {

  /** The spans that are calls of tools. */
  static final String CALLS = "gen_ai.operation.type:tool";

  static final Comparator<Tool> SLOWEST =
      Comparator.comparing(
          (Tool tool) -> tool.p95() == null ? -1.0 : (double) tool.p95(),
          Comparator.reverseOrder());

  private static final List<String> FIGURES =
      List.of(
          "count()",
          "count_if(status:error)",
          "p50(span.duration)",
          "p95(span.duration)",
          "max(span.duration)");

  /** The tools that were called, most calls first. */
  static List<Tool> read(Figures spans, String more, Range range, int limit) {
    return read(spans, (CALLS + " " + more).strip(), "gen_ai.tool.name", range, limit);
  }

  /** The same of anything that spans name by this attribute. */
  static List<Tool> read(Figures spans, String query, String by, Range range, int limit) {
    Map<String, @Nullable Double> before = new HashMap<>();
    spans
        .totals(query, List.of("count()", "p95(span.duration)"), List.of(by), range.before(), limit)
        .rows()
        .forEach(row -> before.put(Actors.name(row.get(0)), Series.number(row.get(2))));
    Result result = spans.totals(query, FIGURES, List.of(by), range, limit);
    List<Tool> tools = new ArrayList<>();
    for (List<@Nullable Object> row : result.rows()) {
      String name = Actors.name(row.get(0));
      tools.add(
          new Tool(
              name,
              Model.whole(row.get(1)),
              Model.whole(row.get(2)),
              Series.number(row.get(3)),
              Series.number(row.get(4)),
              Series.number(row.get(5)),
              before.get(name)));
    }
    return tools;
  }

  static List<Column<Tool>> shortColumns(List<Tool> tools) {
    return List.of(
        Column.text("tool", "Tool", "", Tool::named),
        Column.number("calls", "Calls", "c-steps", tool -> Cell.count(tool.calls())),
        Column.number("errors", "Errors", "c-steps", tool -> Cell.faults(tool.errors())),
        spread(tools),
        millis("p95", "p95", Tool::p95),
        changed());
  }

  static List<Column<Tool>> columns(String label, List<Tool> tools) {
    return List.of(
        Column.text("tool", label, "", Tool::named),
        Column.number("calls", "Calls", "c-steps", tool -> Cell.count(tool.calls())),
        Column.number("errors", "Errors", "c-steps", tool -> Cell.faults(tool.errors())),
        Column.number(
            "rate",
            "Failed",
            "c-took",
            tool ->
                Cell.of(Show.share(tool.calls() == 0 ? 0 : (double) tool.errors() / tool.calls()))),
        millis("p50", "p50", Tool::p50),
        spread(tools),
        millis("p95", "p95", Tool::p95),
        millis("max", "max", Tool::most),
        changed());
  }

  private Cell named() {
    return Cell.of(name).termed("gen_ai.tool.name", name);
  }

  private static Column<Tool> spread(List<Tool> tools) {
    double most =
        tools.stream().mapToDouble(tool -> tool.most() == null ? 0 : tool.most()).max().orElse(1);
    return Column.text(
        "spread", "p50 │ p95 ● max", "c-spread", tool -> tool.spread(Math.max(most, 1)));
  }

  private Cell spread(double scale) {
    Double low = p50;
    Double high = p95;
    Double longest = most;
    if (low == null || high == null || longest == null) {
      return Cell.of("");
    }
    Mark mark =
        new Mark.Spread(
            TimeAxis.percent(low / scale * 0.97),
            TimeAxis.percent(0.005 + high / scale * 0.97),
            TimeAxis.percent((longest - low) / scale * 0.97));
    return Cell.of(mark)
        .titled(
            "p50 "
                + Unit.MILLIS.show(low)
                + ", p95 "
                + Unit.MILLIS.show(high)
                + ", longest "
                + Unit.MILLIS.show(longest));
  }

  private static Column<Tool> millis(
      String key, String label, java.util.function.Function<Tool, @Nullable Double> value) {
    return Column.number(
        key,
        label,
        "c-took",
        tool -> Cell.of(Unit.MILLIS.show(value.apply(tool)), Unit.MILLIS.exact(value.apply(tool))));
  }

  private static Column<Tool> changed() {
    return Column.number("change", "vs before", "c-took", tool -> tool.change());
  }

  /** Worse by a quarter and by a tenth of a second is said aloud. */
  private Cell change() {
    Double now = p95;
    Double old = before;
    if (now == null || old == null) {
      return Cell.of(Show.UNKNOWN).styled("dim");
    }
    boolean worse = now > 1.25 * old && now - old > 100;
    Change change = Change.of(Unit.MILLIS, now, old, worse);
    return Cell.of(change.text(), "p95 was " + Unit.MILLIS.show(old)).styled(change.css());
  }
}
