package io.onlooker.server.web;

import io.onlooker.server.read.Rollup;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one model or tool says of its calls, in the time and the environment asked for.
 *
 * @param query the calls in every environment, as links ask for them
 * @param failed the aggregate that counts those that failed
 */
record CallParts(Frame frame, Ask ask, Figures spans, TimeAxis axis, String query, String failed) {

  private static final int SLOWEST = 10;

  private static final int CAUSES = 8;

  static CallParts of(Store store, int project, Frame frame, Ask ask, String query, Rollup calls) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    return new CallParts(
        frame, ask, new Figures(store, project), axis, query, calls.aggregate("failed"));
  }

  /** The calls in the environment asked for. */
  private String narrowed() {
    return ask.narrowed(query);
  }

  Breakdown breakdown() {
    return new Breakdown(frame, ask, spans, query);
  }

  BoardView.Part calls() {
    String title = "Calls and failures";
    return BoardView.Part.of(
        "calls",
        title,
        () -> {
          Result.Series points = points(List.of("count()", failed));
          Series failures = Series.of("failed", "bad", axis, points, 1, 0);
          Series others = Series.of("calls", "plain", axis, points, 0, 0).less(failures);
          return BoardView.Part.chart(
              "calls",
              title,
              explorer("count()"),
              plot(Unit.COUNT).bars(title, List.of(others, failures)));
        });
  }

  BoardView.Part times() {
    String title = "How long it takes";
    return BoardView.Part.of(
        "times",
        title,
        () -> {
          Result.Series points = points(List.of("p95(span.duration)", "p50(span.duration)"));
          return BoardView.Part.chart(
              "times",
              title,
              explorer("p95(span.duration)"),
              plot(Unit.MILLIS)
                  .lines(
                      "Percentiles of the duration",
                      List.of(
                          Series.of("p95", "now", axis, points, 0, Double.NaN),
                          Series.of("p50", "before", axis, points, 1, Double.NaN))));
        });
  }

  private Plot plot(Unit unit) {
    return new Plot(ask, axis, unit).marked(Releases.first(spans, narrowed(), axis));
  }

  private Result.Series points(List<String> aggregates) {
    List<Result.Series> series = spans.steps(narrowed(), aggregates, List.of(), axis, 1).series();
    return series.isEmpty() ? new Result.Series(List.of(), List.of()) : series.getFirst();
  }

  BoardView.Part faults() {
    String title = "Why calls failed";
    return BoardView.Part.of(
        "why",
        title,
        () -> BoardView.Part.table("why", title, null, causes(title), "No call failed."));
  }

  private Table causes(String title) {
    Result result =
        spans.totals(
            narrowed() + " status:error",
            List.of("count()"),
            List.of("error.type", "span.status_message"),
            ask.range(),
            CAUSES);
    List<Column<List<@Nullable Object>>> columns =
        List.of(
            Column.text(
                "type",
                "Reason",
                "",
                row ->
                    Cell.of(said(row))
                        .styled("fault")
                        .marked(new Mark.Fault())
                        .termed("error.type", row.get(0))),
            Column.number(
                "count", "Failures", "c-took", row -> Cell.count(Model.whole(row.get(2)))));
    return Column.table(
        title,
        "short",
        ask,
        columns,
        result.rows(),
        row -> "f" + result.rows().indexOf(row),
        row -> samples("status:error " + reason(row)));
  }

  private static String said(List<@Nullable Object> row) {
    Object type = row.get(0);
    Object message = row.get(1);
    return type == null
        ? message == null ? "failed without a reason" : message.toString()
        : message == null ? type.toString() : type + ": " + message;
  }

  private static String reason(List<@Nullable Object> row) {
    Object type = row.get(0);
    return type == null ? "!has:error.type" : Links.term("error.type", type);
  }

  BoardView.Part slowest() {
    String title = "Its slowest";
    return BoardView.Part.of(
        "slowest",
        title,
        () -> BoardView.Part.table("slowest", title, null, slowestCalls(), "Nothing was called."));
  }

  private Table slowestCalls() {
    Result result =
        spans.totals(
            narrowed(),
            List.of("max(span.duration)", "min(timestamp)"),
            List.of("id", "trace", "span.name"),
            ask.range(),
            SLOWEST);
    List<Column<List<@Nullable Object>>> columns =
        List.of(
            Column.text("at", "Started", "c-time", row -> at(row.get(4))),
            Column.text("name", "Name", "", row -> Cell.of(String.valueOf(row.get(2)))),
            Column.number(
                "took",
                "Time",
                "c-took",
                row -> Cell.of(Unit.MILLIS.show(Series.number(row.get(3))))));
    return Column.table(
        "Slowest calls",
        "short",
        ask,
        columns,
        result.rows(),
        row -> "s" + row.get(0),
        row -> frame.links().jump(String.valueOf(row.get(0))));
  }

  private Cell at(@Nullable Object millis) {
    Double number = Series.number(millis);
    long nanos = number == null ? 0 : Math.round(number) * 1_000_000;
    return Cell.of(frame.time(nanos), Show.exactTime(nanos)).styled("mono");
  }

  /** Leads to those of the calls that a query narrows; to all of them for an empty one. */
  String samples(String more) {
    return frame.links().spans(parameters((query + " " + more).strip(), "mode", "samples"));
  }

  private ListView.Tab explorer(String aggregate) {
    return BoardView.link(
        "open as query", frame.links().spans(parameters(query, "agg", aggregate)));
  }

  private Map<String, String> parameters(String asked, String name, String value) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", asked);
    parameters.putAll(ask.kept());
    parameters.put(name, value);
    return parameters;
  }
}
