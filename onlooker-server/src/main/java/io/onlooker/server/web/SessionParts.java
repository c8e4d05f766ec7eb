package io.onlooker.server.web;

import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the page of one agent or person says of its sessions, in the time and the environment asked
 * for.
 *
 * @param query the sessions in every environment, as links ask for them
 * @param now all of them taken together
 * @param steps the same step by step
 */
record SessionParts(
    Frame frame,
    Ask ask,
    SessionFigures sessions,
    TimeAxis axis,
    String query,
    Beside<SessionGroup> now,
    Beside<List<SessionGroup>> steps) {

  private static final int MOST = 10;

  private static final List<String> COLUMNS = List.of("started", "status", "answer", "duration");

  static SessionParts of(Store store, int project, Frame frame, Ask ask, String query) {
    SessionFigures sessions =
        new SessionFigures(store, project, ask.narrowed(QueryParser.parseSessions(query)));
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    return new SessionParts(
        frame,
        ask,
        sessions,
        axis,
        query,
        Beside.begin(() -> sessions.all(ask.range())),
        Beside.begin(() -> sessions.steps(axis)));
  }

  List<BoardView.Reading> readings() {
    SessionGroup before = sessions.all(ask.range().before());
    return readings(now.join(), before);
  }

  private List<BoardView.Reading> readings(SessionGroup now, SessionGroup before) {
    String link = link("");
    return List.of(
        compared("Sessions", now.counts().sessions(), before.counts().sessions(), link),
        compared("Failed", now.counts().failed(), before.counts().failed(), link(" status:failed")),
        BoardView.Reading.plain("p50 duration", Unit.MILLIS.show(now.times().p50()), "", link),
        BoardView.Reading.plain("p95 duration", Unit.MILLIS.show(now.times().p95()), "", link),
        BoardView.Reading.plain(
            "Tokens in → out",
            Show.tokens(now.usage().inputTokens())
                + " → "
                + Show.tokens(now.usage().outputTokens()),
            "",
            link),
        BoardView.Reading.plain("Cost", Show.cost(now.cost()), "", link));
  }

  private static BoardView.Reading compared(String label, long now, long before, String link) {
    return new BoardView.Reading(
        label,
        Show.count(now),
        "",
        Unit.COUNT.exact((double) now),
        Change.of(Unit.COUNT, (double) now, (double) before, false),
        "vs before",
        link);
  }

  BoardView.Part runs() {
    String title = "Sessions and failures";
    return BoardView.Part.of(
        "runs",
        title,
        () ->
            BoardView.Part.chart(
                "runs",
                title,
                more(),
                SessionFigures.chart(new Plot(ask, axis, Unit.COUNT), axis, steps.join())));
  }

  BoardView.Part times() {
    String title = "How long it takes";
    return BoardView.Part.of(
        "times",
        title,
        () -> {
          Chart chart =
              new Plot(ask, axis, Unit.MILLIS)
                  .lines(
                      "Percentiles of the duration",
                      List.of(
                          line("p95", "now", step -> SessionFigures.number(step.times().p95())),
                          line(
                              "p50", "before", step -> SessionFigures.number(step.times().p50()))));
          return BoardView.Part.chart("times", title, more(), chart);
        });
  }

  private Series line(String name, String css, ToDoubleFunction<SessionGroup> value) {
    return SessionFigures.series(name, css, axis, steps.join(), Double.NaN, value);
  }

  BoardView.Part causes() {
    Causes causes = new Causes(sessions.store(), sessions.project(), frame, ask);
    return BoardView.Part.of("why", "Why sessions failed", () -> causes.part(sessions, now));
  }

  BoardView.Part conversations() {
    return BoardView.Part.of(
        "conversations",
        "Conversations",
        () ->
            BoardView.Part.table(
                "conversations",
                "Conversations",
                null,
                new GroupsPage(sessions.store()).conversationsOf(frame, ask, sessions),
                "No conversation in this time."));
  }

  BoardView.Part slowest() {
    return list(SessionQuery.Order.DURATION, "slowest", "Its slowest");
  }

  BoardView.Part newest() {
    return list(SessionQuery.Order.STARTED, "newest", "Newest sessions");
  }

  private BoardView.Part list(SessionQuery.Order order, String id, String title) {
    return BoardView.Part.of(
        id,
        title,
        () ->
            BoardView.Part.table(id, title, null, table(order, title), "No session in this time."));
  }

  private Table table(SessionQuery.Order order, String title) {
    Range range = ask.range();
    SessionPage page =
        sessions
            .store()
            .sessions(
                new SessionQuery(
                    sessions.project(),
                    sessions.filter(),
                    range.from(),
                    range.to(),
                    order,
                    true,
                    MOST,
                    null));
    Map<String, String> list = new LinkedHashMap<>();
    list.put("q", query);
    list.putAll(ask.kept());
    List<SessionRow> rows =
        page.sessions().stream().map(session -> new SessionRow(session, frame, list)).toList();
    return Column.table(
        title,
        "sessions-short",
        ask,
        SessionColumns.ALL.stream().filter(column -> COLUMNS.contains(column.key())).toList(),
        rows,
        row -> row.session().id(),
        SessionRow::link);
  }

  private ListView.Tab more() {
    return BoardView.link("sessions", link(""));
  }

  private String link(String more) {
    return OverviewPage.sessionsLink(frame, ask, query + more);
  }
}
