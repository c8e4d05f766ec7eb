package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.GroupParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds traces by their first spans. */
final class TracesPage {

  private static final String EXAMPLE =
      "op:queue.process  name:\"POST /api/checkout\"  status:error";

  private final Store store;

  TracesPage(Store store) {
    this.store = store;
  }

  /** A trace's first span, and how many there are below it. */
  private record Root(SpanData span, Frame frame, long spans, long failed) {}

  private static final List<Column<Root>> COLUMNS =
      List.of(
          Column.text("time", "Started", "c-time", root -> started(root)),
          Column.text("name", "First span", "", root -> name(root)),
          Column.text("op", "Op", "c-op", root -> op(root)),
          Column.text("service", "Release", "c-agent", root -> release(root)),
          Column.number("spans", "Spans", "c-steps", root -> Cell.count(root.spans())),
          Column.number("failed", "Failed", "c-steps", root -> Cell.faults(root.failed())),
          Column.text("trace", "Trace", "c-took", root -> trace(root)),
          Column.number("duration", "Time", "c-took", root -> duration(root)));

  ListView list(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.spans(asked, was);
    QueryBar bar = new QueryBar(searched, "spans", EXAMPLE);
    Ask ask = searched.ask();
    ListView view =
        ListView.of(frame, "Traces", Tabs.sessions(ask, frame.links(), "traces"), ask, bar);
    if (searched.nothing()) {
      return view;
    }
    SpanPage page = roots(project, searched);
    return page.spans().isEmpty()
        ? view.nothing(SpansPage.noMatch("trace", frame, searched, store, project))
        : view.found(table(frame, project, ask, page.spans()), "", page.cursor());
  }

  private SpanPage roots(int project, Searched searched) {
    Ask ask = searched.ask();
    Filter first = new Filter.Not(new Filter.Has(Field.Column.PARENT_SPAN_ID));
    return store.spans(
        new SpanQuery(
            project,
            new Filter.And(List.of(searched.filter(), first)),
            ask.range().from(),
            ask.range().to(),
            Ask.ROWS,
            ask.cursor()));
  }

  private Table table(Frame frame, int project, Ask ask, List<SpanData> spans) {
    Map<String, List<@Nullable Object>> counts = counts(project, ask, spans);
    List<Root> roots =
        spans.stream()
            .map(span -> {
              List<@Nullable Object> row = counts.get(span.traceId());
              return new Root(span, frame, number(row, 1), number(row, 2));
            })
            .toList();
    return Column.table(
        "Traces",
        "traces",
        ask,
        COLUMNS,
        roots,
        root -> root.span().spanId(),
        root -> frame.links().trace(root.span().traceId()));
  }

  private Map<String, List<@Nullable Object>> counts(int project, Ask ask, List<SpanData> spans) {
    List<Filter.Value> ids =
        spans.stream().<Filter.Value>map(span -> new Filter.Value.Text(span.traceId())).toList();
    Result result =
        new Figures(store, project)
            .ask(
                new Filter.Equal(Field.Column.TRACE_ID, ids),
                Figures.parsed(List.of("count()", "count_if(status:error)")),
                List.of(GroupParser.parse("trace")),
                ask.range(),
                null,
                spans.size());
    Map<String, List<@Nullable Object>> counts = new HashMap<>();
    result.rows().forEach(row -> counts.put(String.valueOf(row.getFirst()), row));
    return counts;
  }

  private static long number(@Nullable List<@Nullable Object> row, int at) {
    Double number = row == null ? null : Series.number(row.get(at));
    return number == null ? 0 : Math.round(number);
  }

  private static Cell started(Root root) {
    long start = root.span().startNanos();
    return Cell.of(root.frame().time(start), Show.exactTime(start)).styled("mono");
  }

  private static Cell name(Root root) {
    String name = root.span().name();
    return Cell.of(name, name).termed("name", name);
  }

  private static Cell op(Root root) {
    return Cell.of(root.span().op()).termed("op", root.span().op()).styled("mono");
  }

  private static Cell release(Root root) {
    String release = root.span().attributes().string("release");
    return Cell.of(release).termed("release", release);
  }

  private static Cell trace(Root root) {
    return Cell.of(Show.id(root.span().traceId()), root.span().traceId()).styled("mono");
  }

  private static Cell duration(Root root) {
    SpanData span = root.span();
    return Cell.of(Show.duration(span.startNanos(), span.endNanos(), root.frame().now()));
  }
}
