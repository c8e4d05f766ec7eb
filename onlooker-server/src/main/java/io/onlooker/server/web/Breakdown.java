package io.onlooker.server.web;

import io.onlooker.store.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one thing by something they have in common: who made them, in which release.
 *
 * @param query the calls in every environment, as links ask for them
 */
record Breakdown(Frame frame, Ask ask, Figures spans, String query) {

  private static final int MOST = 8;

  private static final List<String> FIGURES =
      List.of("count()", "count_if(status:error)", "p95(span.duration)", "min(timestamp)");

  /** Which agents called it. */
  BoardView.Part callers() {
    return part("callers", "Who calls it", "Agent", "gen_ai.agent.name", "No agent is named.");
  }

  /** What each release made of it, the latest first. */
  BoardView.Part releases() {
    return part("releases", "By release", "Release", "release", "No release is named.");
  }

  private BoardView.Part part(String id, String title, String label, String by, String none) {
    Result result =
        spans.totals(ask.narrowed(query + " has:" + by), FIGURES, List.of(by), ask.range(), MOST);
    List<Column<List<@Nullable Object>>> columns =
        List.of(
            Column.text("name", label, "", row -> named(by, row)),
            Column.number("calls", "Calls", "c-steps", row -> Cell.count(Model.whole(row.get(1)))),
            Column.number(
                "errors", "Errors", "c-steps", row -> Cell.faults(Model.whole(row.get(2)))),
            Column.number(
                "p95",
                "p95",
                "c-took",
                row -> Cell.of(Unit.MILLIS.show(Series.number(row.get(3))))),
            Column.number("first", "First seen", "c-time", row -> first(row.get(4))));
    Table table =
        Column.table(
            title,
            "short",
            ask,
            columns,
            result.rows(),
            row -> id + result.rows().indexOf(row),
            row -> samples(Links.term(by, Objects.requireNonNullElse(row.getFirst(), ""))));
    return BoardView.Part.table(id, title, null, table, none);
  }

  private static Cell named(String by, List<@Nullable Object> row) {
    String name = Actors.name(row.getFirst());
    return Cell.of(name, name).termed(by, name);
  }

  private Cell first(@Nullable Object millis) {
    Double number = Series.number(millis);
    long nanos = number == null ? 0 : Math.round(number) * 1_000_000;
    return number == null
        ? Cell.of(Show.UNKNOWN)
        : Cell.of(frame.time(nanos), Show.exactTime(nanos));
  }

  private String samples(String term) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query + " " + term);
    parameters.putAll(ask.kept());
    parameters.put("mode", "samples");
    return frame.links().spans(parameters);
  }
}
