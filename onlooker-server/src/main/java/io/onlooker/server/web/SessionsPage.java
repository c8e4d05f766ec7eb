package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the sessions of a list, and what to say when there are none. */
final class SessionsPage {

  /** Counted exactly up to here; a larger number helps nobody and costs a scan. */
  private static final int COUNT_AT_MOST = 10_000;

  private static final String EXAMPLE =
      "status:failed  agent:support  user.id:user-42  duration:>5s";

  private final Store store;
  private final Found found;

  SessionsPage(Store store) {
    this.store = store;
    this.found = new Found(store);
  }

  ListView list(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.sessions(asked, was);
    QueryBar bar = new QueryBar(searched, "sessions", EXAMPLE);
    Ask ask = searched.ask();
    ListView view =
        ListView.of(frame, "Sessions", Tabs.sessions(ask, frame.links(), "sessions"), ask, bar);
    if (searched.nothing()) {
      return view;
    }
    SessionQuery query = query(project, searched.filter(), ask, Ask.ROWS);
    SessionPage page = store.sessions(query);
    return page.sessions().isEmpty()
        ? view.nothing(noMatch(frame, searched, query))
        : charted(
            view.found(table(frame, ask, page.sessions()), count(query), page.cursor()),
            frame,
            project,
            searched);
  }

  /** The list stays when only its chart cannot be had. */
  private ListView charted(ListView list, Frame frame, int project, Searched searched) {
    TimeAxis axis = TimeAxis.over(searched.ask().range(), frame.visitor().zone());
    try {
      return list.charted(
          new SessionFigures(store, project, searched.filter())
              .chart(new Plot(searched.ask(), axis, Unit.COUNT).low(), axis));
    } catch (StoreException e) {
      return list.noted("The chart could not be drawn: " + e.getMessage());
    }
  }

  /** Whether the project has ever had a session. */
  boolean any(int project, Instant until) {
    return newest(project, Filter.ALL, until) != null;
  }

  /** The sessions that a list shows, in its order. */
  static SessionQuery query(int project, Filter filter, Ask ask, int limit) {
    return new SessionQuery(
        project,
        filter,
        ask.range().from(),
        ask.range().to(),
        order(ask.sortColumn()),
        ask.descending(),
        limit,
        ask.cursor());
  }

  private static SessionQuery.Order order(String column) {
    for (SessionQuery.Order order : SessionQuery.Order.values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(column)) {
        return order;
      }
    }
    return SessionQuery.Order.STARTED;
  }

  private static Table table(Frame frame, Ask ask, List<Session> sessions) {
    Map<String, String> list = ask.ofList();
    return Column.table(
        "Sessions",
        "sessions",
        ask,
        SessionColumns.ALL,
        sessions.stream().map(session -> new SessionRow(session, frame, list)).toList(),
        row -> row.session().id(),
        SessionRow::link);
  }

  private String count(SessionQuery query) {
    int count = store.countSessions(query, COUNT_AT_MOST + 1);
    return count > COUNT_AT_MOST ? "> " + Show.count(COUNT_AT_MOST) : Show.count(count);
  }

  private NoMatch noMatch(Frame frame, Searched searched, SessionQuery query) {
    Session newest = newest(query.project(), query.filter(), frame.now());
    NoMatch none =
        Nothing.of(
            "session",
            frame,
            searched,
            _ -> newest == null ? null : (Long) newest.startNanos(),
            filter -> store.countSessions(with(query, filter), COUNT_AT_MOST + 1));
    return newest == null
        ? none
        : none.leading(new SessionRow(newest, frame, searched.ask().ofList()).link());
  }

  private static SessionQuery with(SessionQuery query, Filter filter) {
    return new SessionQuery(
        query.project(),
        filter,
        query.from(),
        query.to(),
        query.order(),
        query.descending(),
        query.limit(),
        null);
  }

  private @Nullable Session newest(int project, Filter filter, Instant now) {
    List<Session> sessions = found.newest(project, filter, now).sessions();
    return sessions.isEmpty() ? null : sessions.getFirst();
  }
}
