package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.read.Rollup;
import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of one agent, person, model or tool. */
final class ThingPage {

  private static final int SLOWEST = 10;

  private final Store store;

  ThingPage(Store store) {
    this.store = store;
  }

  BoardView agent(Frame frame, int project, String name, Ask ask) {
    String query = Links.term("agent", name);
    SessionFigures sessions = sessions(project, ask, query);
    return new BoardView(
        frame,
        ask,
        up(frame, ask, "agents", "Agents"),
        name,
        "agent",
        readings(frame, ask, sessions, query),
        List.of(
            runs(frame, ask, sessions, query),
            BoardView.Part.of(
                "times", "How long it takes", () -> times(frame, ask, sessions, query)),
            causes(frame, project, ask, sessions),
            BoardView.Part.of("slowest", "Its slowest", () -> slowest(frame, project, ask, query)),
            BoardView.Part.of(
                "releases",
                "By release",
                () ->
                    new Breakdown(frame, ask, new Figures(store, project), ofAgent(name))
                        .releases())));
  }

  private static String ofAgent(String name) {
    return "gen_ai.operation.type:agent " + Links.term("gen_ai.agent.name", name);
  }

  BoardView user(Frame frame, int project, String id, Ask ask) {
    String query = Links.term("user.id", id);
    SessionFigures sessions = sessions(project, ask, query);
    return new BoardView(
        frame,
        ask,
        up(frame, ask, "users", "Users"),
        id,
        "user",
        readings(frame, ask, sessions, query),
        List.of(
            runs(frame, ask, sessions, query),
            causes(frame, project, ask, sessions),
            BoardView.Part.of(
                "conversations", "Conversations", () -> conversations(frame, ask, sessions)),
            BoardView.Part.of(
                "newest", "Newest sessions", () -> newest(frame, project, ask, query))));
  }

  private BoardView.Part causes(Frame frame, int project, Ask ask, SessionFigures sessions) {
    Causes causes = new Causes(store, project, frame, ask);
    return BoardView.Part.of("why", "Why sessions failed", () -> causes.part(sessions));
  }

  private BoardView.Part conversations(Frame frame, Ask ask, SessionFigures sessions) {
    return BoardView.Part.table(
        "conversations",
        "Conversations",
        null,
        new GroupsPage(store).conversationsOf(frame, ask, sessions),
        "No conversation in this time.");
  }

  BoardView model(Frame frame, int project, String name, Ask ask) {
    String query = Model.CALLS + " " + Links.term("gen_ai.request.model", name);
    Figures spans = new Figures(store, project);
    List<Model> found = Model.read(spans, Links.term("gen_ai.request.model", name), ask.range(), 5);
    List<BoardView.Reading> readings =
        found.isEmpty() ? List.of() : modelReadings(frame, ask, query, found.getFirst());
    return thing(
        frame, ask, spans, up(frame, ask, "models", "Models"), name, "model", query, readings);
  }

  BoardView tool(Frame frame, int project, String name, Ask ask) {
    String query = Tool.CALLS + " " + Links.term("gen_ai.tool.name", name);
    Figures spans = new Figures(store, project);
    List<Tool> found = Tool.read(spans, Links.term("gen_ai.tool.name", name), ask.range(), 5);
    List<BoardView.Reading> readings =
        found.isEmpty() ? List.of() : toolReadings(frame, ask, query, found.getFirst());
    return thing(
        frame, ask, spans, up(frame, ask, "tools", "Tools"), name, "tool", query, readings);
  }

  private BoardView thing(
      Frame frame,
      Ask ask,
      Figures spans,
      ListView.Tab up,
      String name,
      String kind,
      String query,
      List<BoardView.Reading> readings) {
    if (readings.isEmpty() && none(spans, query, frame)) {
      throw new HttpProblem(
          404, "No such " + kind, kind + ": " + name + " (expected: one that spans name)");
    }
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    Breakdown by = new Breakdown(frame, ask, spans, query);
    List<Chart.Release> releases = Releases.first(spans, query, axis);
    Plot counts = new Plot(ask, axis, Unit.COUNT).marked(releases);
    Plot millis = new Plot(ask, axis, Unit.MILLIS).marked(releases);
    return new BoardView(
        frame,
        ask,
        up,
        name,
        kind,
        readings,
        List.of(
            BoardView.Part.of(
                "calls",
                "Calls and failures",
                () -> calls(frame, ask, spans, axis, counts, query, failed(kind))),
            BoardView.Part.of(
                "times",
                "How long it takes",
                () -> callTimes(frame, ask, spans, axis, millis, query)),
            BoardView.Part.of("why", "Why calls failed", () -> faults(frame, ask, spans, query)),
            BoardView.Part.of(
                "slowest", "Its slowest", () -> slowestCalls(frame, ask, spans, query)),
            BoardView.Part.of("callers", "Who calls it", by::callers),
            BoardView.Part.of("releases", "By release", by::releases)));
  }

  private boolean none(Figures spans, String query, Frame frame) {
    SpanQuery any =
        new SpanQuery(
            spans.project(),
            QueryParser.parse(query),
            java.time.Instant.EPOCH,
            frame.now().plusSeconds(86_400),
            1,
            null);
    return store.spans(any).spans().isEmpty();
  }

  private static List<BoardView.Reading> modelReadings(
      Frame frame, Ask ask, String query, Model model) {
    String link = samples(frame, ask, query);
    return List.of(
        plain("Calls", Show.count(model.calls()), "", link),
        plain(
            "Errors",
            Show.count(model.errors()),
            Show.share(model.calls() == 0 ? 0 : (double) model.errors() / model.calls()),
            samples(frame, ask, query + " status:error")),
        plain("p95 duration", Unit.MILLIS.show(model.p95()), "", link),
        plain("First token p50", Unit.SECONDS.show(model.firstToken()), "", link),
        plain(
            "Tokens in → out",
            Unit.TOKENS.show(model.in()) + " → " + Unit.TOKENS.show(model.out()),
            "",
            link),
        plain("Cost", Show.cost(model.cost()), "", frame.links().one("settings", "prices")));
  }

  private static List<BoardView.Reading> toolReadings(
      Frame frame, Ask ask, String query, Tool tool) {
    String link = samples(frame, ask, query);
    Double before = tool.before();
    Double p95 = tool.p95();
    return List.of(
        plain("Calls", Show.count(tool.calls()), "", link),
        plain(
            "Errors",
            Show.count(tool.errors()),
            Show.share(tool.calls() == 0 ? 0 : (double) tool.errors() / tool.calls()),
            samples(frame, ask, query + " (" + Rollup.TOOL_FAILED + ")")),
        plain("p50 duration", Unit.MILLIS.show(tool.p50()), "", link),
        new BoardView.Reading(
            "p95 duration",
            Unit.MILLIS.show(p95),
            "",
            Unit.MILLIS.exact(p95),
            Change.of(
                Unit.MILLIS, p95, before, p95 != null && before != null && p95 > 1.25 * before),
            "vs before",
            link),
        plain("Longest", Unit.MILLIS.show(tool.most()), "", link));
  }

  private static String failed(String kind) {
    return (kind.equals("tool") ? Rollup.TOOLS : Rollup.MODELS).aggregate("failed");
  }

  private BoardView.Part calls(
      Frame frame,
      Ask ask,
      Figures spans,
      TimeAxis axis,
      Plot plot,
      String query,
      String aggregate) {
    Result.Series points = points(spans, query, List.of("count()", aggregate), axis);
    Series failed = Series.of("failed", "bad", axis, points, 1, 0);
    return BoardView.Part.chart(
        "calls",
        "Calls and failures",
        BoardView.link("open as query", explorer(frame, ask, query, "count()")),
        plot.bars(
            "Calls and failures",
            List.of(Series.of("calls", "plain", axis, points, 0, 0).less(failed), failed)));
  }

  private BoardView.Part callTimes(
      Frame frame, Ask ask, Figures spans, TimeAxis axis, Plot plot, String query) {
    Result.Series points =
        points(spans, query, List.of("p95(span.duration)", "p50(span.duration)"), axis);
    return BoardView.Part.chart(
        "times",
        "How long it takes",
        BoardView.link("open as query", explorer(frame, ask, query, "p95(span.duration)")),
        plot.lines(
            "Percentiles of the duration",
            List.of(
                Series.of("p95", "now", axis, points, 0, Double.NaN),
                Series.of("p50", "before", axis, points, 1, Double.NaN))));
  }

  private static Result.Series points(
      Figures spans, String query, List<String> aggregates, TimeAxis axis) {
    List<Result.Series> series = spans.steps(query, aggregates, List.of(), axis, 1).series();
    return series.isEmpty() ? new Result.Series(List.of(), List.of()) : series.getFirst();
  }

  private BoardView.Part faults(Frame frame, Ask ask, Figures spans, String query) {
    Result result =
        spans.totals(
            query + " status:error",
            List.of("count()", "count_unique(user.id)"),
            List.of("error.type", "span.status_message"),
            ask.range(),
            8);
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
    Table table =
        Column.table(
            "Why calls failed",
            "short",
            ask,
            columns,
            result.rows(),
            row -> "f" + result.rows().indexOf(row),
            row -> samples(frame, ask, query + " status:error " + reason(row)));
    return BoardView.Part.table("why", "Why calls failed", null, table, "No call failed.");
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

  private BoardView.Part slowestCalls(Frame frame, Ask ask, Figures spans, String query) {
    Result result =
        spans.totals(
            query,
            List.of("max(span.duration)", "min(timestamp)"),
            List.of("id", "trace", "span.name"),
            ask.range(),
            SLOWEST);
    List<Column<List<@Nullable Object>>> columns =
        List.of(
            Column.text("at", "Started", "c-time", row -> at(frame, row.get(4))),
            Column.text("name", "Name", "", row -> Cell.of(String.valueOf(row.get(2)))),
            Column.number(
                "took",
                "Time",
                "c-took",
                row -> Cell.of(Unit.MILLIS.show(Series.number(row.get(3))))));
    Table table =
        Column.table(
            "Slowest calls",
            "short",
            ask,
            columns,
            result.rows(),
            row -> "s" + row.get(0),
            row -> frame.links().jump(String.valueOf(row.get(0))));
    return BoardView.Part.table("slowest", "Its slowest", null, table, "Nothing was called.");
  }

  private static Cell at(Frame frame, @Nullable Object millis) {
    Double number = Series.number(millis);
    long nanos = number == null ? 0 : Math.round(number) * 1_000_000;
    return Cell.of(frame.time(nanos), Show.exactTime(nanos)).styled("mono");
  }

  private SessionFigures sessions(int project, Ask ask, String query) {
    Filter filter = ask.narrowed(QueryParser.parseSessions(query));
    return new SessionFigures(store, project, filter);
  }

  private static List<BoardView.Reading> readings(
      Frame frame, Ask ask, SessionFigures sessions, String query) {
    SessionGroup now = sessions.all(ask.range());
    SessionGroup before = sessions.all(ask.range().before());
    String link = OverviewPage.sessionsLink(frame, ask, query);
    return List.of(
        compared(
            "Sessions",
            Unit.COUNT,
            (double) now.counts().sessions(),
            (double) before.counts().sessions(),
            link),
        compared(
            "Failed",
            Unit.COUNT,
            (double) now.counts().failed(),
            (double) before.counts().failed(),
            OverviewPage.sessionsLink(frame, ask, query + " status:failed")),
        plain("p50 duration", Unit.MILLIS.show(now.times().p50()), "", link),
        plain("p95 duration", Unit.MILLIS.show(now.times().p95()), "", link),
        plain(
            "Tokens in → out",
            Show.tokens(now.usage().inputTokens())
                + " → "
                + Show.tokens(now.usage().outputTokens()),
            "",
            link),
        plain("Cost", Show.cost(now.cost()), "", link));
  }

  private static BoardView.Reading compared(
      String label, Unit unit, double now, double before, String link) {
    return new BoardView.Reading(
        label,
        unit.show(now),
        "",
        unit.exact(now),
        Change.of(unit, now, before, false),
        "vs before",
        link);
  }

  private static BoardView.Reading plain(String label, String value, String aside, String link) {
    return new BoardView.Reading(label, value, aside, value, Change.NONE, "", link);
  }

  private static BoardView.Part runs(Frame frame, Ask ask, SessionFigures sessions, String query) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    return BoardView.Part.of(
        "runs",
        "Sessions and failures",
        () ->
            BoardView.Part.chart(
                "runs",
                "Sessions and failures",
                BoardView.link("sessions", OverviewPage.sessionsLink(frame, ask, query)),
                sessions.chart(new Plot(ask, axis, Unit.COUNT), axis)));
  }

  private static BoardView.Part times(Frame frame, Ask ask, SessionFigures sessions, String query) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    List<SessionGroup> steps = sessions.steps(axis);
    return BoardView.Part.chart(
        "times",
        "How long it takes",
        BoardView.link("sessions", OverviewPage.sessionsLink(frame, ask, query)),
        new Plot(ask, axis, Unit.MILLIS)
            .lines(
                "Percentiles of the duration",
                List.of(
                    SessionFigures.series(
                        "p95",
                        "now",
                        axis,
                        steps,
                        Double.NaN,
                        step -> SessionFigures.number(step.times().p95())),
                    SessionFigures.series(
                        "p50",
                        "before",
                        axis,
                        steps,
                        Double.NaN,
                        step -> SessionFigures.number(step.times().p50())))));
  }

  private BoardView.Part slowest(Frame frame, int project, Ask ask, String query) {
    return list(frame, project, ask, query, SessionQuery.Order.DURATION, "slowest", "Its slowest");
  }

  private BoardView.Part newest(Frame frame, int project, Ask ask, String query) {
    return list(
        frame, project, ask, query, SessionQuery.Order.STARTED, "newest", "Newest sessions");
  }

  private BoardView.Part list(
      Frame frame,
      int project,
      Ask ask,
      String query,
      SessionQuery.Order order,
      String id,
      String title) {
    Filter filter = ask.narrowed(QueryParser.parseSessions(query));
    SessionPage page =
        store.sessions(
            new SessionQuery(
                project, filter, ask.range().from(), ask.range().to(), order, true, SLOWEST, null));
    Map<String, String> list = new LinkedHashMap<>();
    list.put("q", query);
    list.putAll(ask.kept());
    List<SessionRow> rows =
        page.sessions().stream().map(session -> new SessionRow(session, frame, list)).toList();
    List<String> shown = List.of("started", "status", "answer", "duration");
    Table table =
        Column.table(
            title,
            "sessions-short",
            ask,
            SessionColumns.ALL.stream().filter(column -> shown.contains(column.key())).toList(),
            rows,
            row -> row.session().id(),
            SessionRow::link);
    return BoardView.Part.table(id, title, null, table, "No session in this time.");
  }

  private static ListView.Tab up(Frame frame, Ask ask, String place, String name) {
    String link = Links.with(frame.links().place(place), ask.kept());
    return BoardView.link(name, link);
  }

  private static String samples(Frame frame, Ask ask, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(ask.kept());
    parameters.put("mode", "samples");
    return frame.links().spans(parameters);
  }

  private static String explorer(Frame frame, Ask ask, String query, String aggregate) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(ask.kept());
    parameters.put("agg", aggregate);
    return frame.links().spans(parameters);
  }
}
