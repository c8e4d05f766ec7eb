package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.AttributeCatalog;
import io.onlooker.store.AttributeQuery;
import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.SavedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers questions about spans that no other page asks: figures by group, or the spans. */
final class SpansPage {

  private static final String EXAMPLE =
      "op:gen_ai.chat  gen_ai.request.model:gpt-4*  span.duration:>2s  !has:error.type";
  private static final int ATTRIBUTES = 60;

  /** Clocks of senders run ahead; a day of it is still found. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Store store;

  SpansPage(Store store) {
    this.store = store;
  }

  SpansView page(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.spans(asked, was);
    QueryBar bar = new QueryBar(searched, "spans", EXAMPLE);
    boolean groups = !asked.text("mode").equals("samples");
    Figured figured = Figured.of(searched.ask());
    SpansView empty = empty(frame, project, bar, groups, figured);
    if (searched.nothing()) {
      return empty;
    }
    return groups ? withGroups(empty, project, figured) : withSamples(empty, project);
  }

  private SpansView withGroups(SpansView page, int project, Figured figured) {
    if (figured.aggregates().isEmpty()) {
      return page;
    }
    Figures figures = new Figures(store, project);
    SpanGroups groups = SpanGroups.read(page.frame(), page.bar().searched(), figures, figured);
    boolean none = groups.rows() == 0;
    return shown(
        page,
        none ? null : groups.chart(),
        none ? null : groups.table(),
        groups.note(),
        null,
        none ? noMatch(page, project) : null);
  }

  private SpansView withSamples(SpansView page, int project) {
    Ask ask = page.ask();
    Filter filter = page.bar().searched().filter();
    SpanPage spans =
        store.spans(
            new SpanQuery(
                project, filter, ask.range().from(), ask.range().to(), Ask.ROWS, ask.cursor()));
    boolean none = spans.spans().isEmpty();
    return shown(
        page,
        none ? null : counted(page, project, filter),
        none ? null : SpanColumns.table(page.frame(), ask, spans.spans()),
        "",
        spans.cursor() == null ? null : ask.olderLink(spans.cursor()),
        none ? noMatch(page, project) : null);
  }

  /** How many there were when, failures on top. */
  private Chart counted(SpansView page, int project, Filter filter) {
    TimeAxis axis = TimeAxis.over(page.ask().range(), page.frame().visitor().zone());
    Result result =
        new Figures(store, project)
            .ask(
                filter,
                Figures.parsed(List.of("count_if(!status:error)", "count_if(status:error)")),
                List.of(),
                axis.range(),
                axis.step(),
                1);
    Result.Series points =
        result.series().isEmpty()
            ? new Result.Series(List.of(), List.of())
            : result.series().getFirst();
    return new Plot(page.ask(), axis, Unit.COUNT)
        .low()
        .bars(
            "Spans",
            List.of(
                Series.of("well", "plain", axis, points, 0, 0),
                Series.of("failed", "bad", axis, points, 1, 0)));
  }

  private NoMatch noMatch(SpansView page, int project) {
    return noMatch("span", page.frame(), page.bar().searched(), store, project);
  }

  /** Of spans, or of the traces they are in. */
  static NoMatch noMatch(String what, Frame frame, Searched searched, Store store, int project) {
    Instant until = frame.now().plus(AHEAD);
    return Nothing.of(
        what,
        frame,
        searched,
        filter -> {
          List<SpanData> newest =
              store.spans(new SpanQuery(project, filter, Instant.EPOCH, until, 1, null)).spans();
          return newest.isEmpty() ? null : (Long) newest.getFirst().startNanos();
        },
        filter -> count(store, project, searched.ask(), filter));
  }

  private static long count(Store store, int project, Ask ask, Filter filter) {
    Result result =
        new Figures(store, project)
            .ask(filter, Figures.parsed(List.of("count()")), List.of(), ask.range(), null, 1);
    return result.rows().isEmpty() ? 0 : Model.whole(result.rows().getFirst().getFirst());
  }

  private static SpansView shown(
      SpansView page,
      @Nullable Chart chart,
      @Nullable Table table,
      String note,
      @Nullable String older,
      @Nullable NoMatch noMatch) {
    return new SpansView(
        page.frame(),
        page.bar(),
        page.groups(),
        page.aggregates(),
        page.by(),
        page.viz(),
        page.problems(),
        chart,
        table,
        note,
        older,
        noMatch,
        page.body(),
        page.attributes(),
        page.views());
  }

  private SpansView empty(Frame frame, int project, QueryBar bar, boolean groups, Figured figured) {
    Ask ask = bar.searched().ask();
    return new SpansView(
        frame,
        bar,
        groups,
        figured.aggregateTexts(),
        figured.byTexts(),
        figured.viz(),
        figured.problems(),
        null,
        null,
        "",
        null,
        null,
        figured.body(ask),
        attributes(project, ask),
        views(frame));
  }

  private List<SpansView.AttributeLine> attributes(int project, Ask ask) {
    AttributeCatalog catalog =
        store.attributes(
            new AttributeQuery(project, "", ask.range().from(), ask.range().to(), ATTRIBUTES));
    List<SpansView.AttributeLine> lines = new ArrayList<>();
    for (AttributeCatalog.Entry entry : catalog.attributes()) {
      double coverage = catalog.sampled() == 0 ? 0 : (double) entry.spans() / catalog.sampled();
      lines.add(
          new SpansView.AttributeLine(
              entry.key(),
              entry.kinds().stream()
                  .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                  .sorted()
                  .collect(Collectors.joining(", ")),
              Show.share(coverage),
              entry.top().stream().limit(5).map(value -> value(ask, entry.key(), value)).toList()));
    }
    return lines;
  }

  private static SpansView.Value value(Ask ask, String key, AttributeCatalog.Value value) {
    String text = value.value().toString();
    return new SpansView.Value(
        text, Show.count(value.spans()), ask.termLink(Links.term(key, value.value())));
  }

  private static List<SpansView.View> views(Frame frame) {
    return SavedQuery.shipped().stream()
        .map(query -> new SpansView.View(query, link(frame, query)))
        .toList();
  }

  private static String link(Frame frame, SavedQuery query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("q", List.of(query.query()));
    parameters.put("range", List.of("7d"));
    parameters.put("agg", query.aggregates());
    parameters.put("by", query.by());
    return Links.withAll(frame.links().place("spans"), parameters);
  }
}
