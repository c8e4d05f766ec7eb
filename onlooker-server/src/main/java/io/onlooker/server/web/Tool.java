package io.onlooker.server.web;

import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one tool, or of the tools of one MCP server, say as figures.
 *
 * @param agents that call it, most calls first; empty unless asked for
 * @param before the 95th percentile in the period before, or null
 */
record Tool(
    String name,
    List<String> agents,
    long calls,
    long errors,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double most,
    @Nullable Double before) {

  /** The spans that are calls of tools. */
  static final String CALLS = Rollup.TOOLS.q();

  /** Those of them that failed. */
  static final String FAILED = CALLS + " (" + Rollup.TOOL_FAILED + ")";

  static final String FAILURE_RATE = Rollup.TOOLS.aggregate("failure_rate");

  static final Comparator<Tool> SLOWEST =
      Comparator.comparing(
          (Tool tool) -> tool.p95() == null ? -1.0 : (double) tool.p95(),
          Comparator.reverseOrder());

  /** The tools that were called, most calls first. */
  static List<Tool> read(Figures spans, String more, Range range, int limit) {
    return read(spans, Rollup.TOOLS.where(more), range, limit);
  }

  /** The same of any table of calls. */
  static List<Tool> read(Figures spans, Rollup calls, Range range, int limit) {
    return readNamed(spans, calls.bare(), range, limit);
  }

  /** The same with what else the table tells: who calls them. */
  static List<Tool> readNamed(Figures spans, Rollup calls, Range range, int limit) {
    return spans.rolled().table(calls, range.period(), true, limit).rows().stream()
        .map(row -> of(calls, row))
        .toList();
  }

  static Tool of(Rollup calls, RollupRow row) {
    io.onlooker.server.read.Figures figures = row.figures();
    return new Tool(
        Actors.name(row.name()),
        row.names().getOrDefault("agents", List.of()),
        figures.whole(calls.first()),
        figures.whole("failed"),
        figures.get("p50_ms"),
        figures.get("p95_ms"),
        figures.get("max_ms"),
        row.before() == null ? null : row.before().get("p95_ms"));
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

  /** The same with who uses it and how much goes in and out, for the list of tools. */
  static List<Column<Tool>> columns(List<Tool> tools, ToolSizes sizes) {
    List<Column<Tool>> columns = new ArrayList<>(columns("Tool", tools));
    Column<Tool> changed = columns.removeLast();
    columns.add(Column.text("used", "Used by", "c-agent", Tool::used));
    columns.add(Column.number("in", "Input", "c-steps", tool -> sizes.input(tool.name())));
    columns.add(Column.number("out", "Output", "c-steps", tool -> sizes.output(tool.name())));
    columns.add(changed);
    return columns;
  }

  private Cell used() {
    String all = String.join(", ", agents);
    return all.isEmpty()
        ? Cell.of(Show.UNKNOWN, "no call names its agent").styled("dim")
        : Cell.of(all, all);
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
