package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryException;
import io.onlooker.store.query.QueryParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the sessions of a list, and what to say when there are none. */
final class SessionsPage {

  /** Counted exactly up to here; a larger number helps nobody and costs a scan. */
  private static final int COUNT_AT_MOST = 10_000;

  /** What ends a word of a query. */
  private static final String ENDS = " :()[],\"";

  private static final Pattern TERM = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s\"])++");

  private final Store store;
  private final Found found;

  SessionsPage(Store store) {
    this.store = store;
    this.found = new Found(store);
  }

  SessionsView list(Frame frame, int project, Ask ask) {
    Filter filter;
    try {
      filter = QueryParser.parseSessions(ask.query());
    } catch (QueryException e) {
      return new SessionsView(frame, ask, mistake(ask, e), List.of(), "", null, null);
    }
    SessionQuery query = ask.toQuery(project, filter);
    SessionPage page = store.sessions(query);
    List<SessionRow> rows = rows(frame, ask, page.sessions());
    String older = page.cursor() == null ? null : ask.olderLink(page.cursor());
    return new SessionsView(
        frame,
        ask,
        null,
        rows,
        count(query),
        older,
        rows.isEmpty() ? noMatch(frame, query, ask) : null);
  }

  /** Whether the project has ever had a session. */
  boolean any(int project, Instant until) {
    return newest(project, Filter.ALL, until) != null;
  }

  private static SessionsView.Mistake mistake(Ask ask, QueryException e) {
    String suggestion = e.suggestion();
    if (suggestion == null) {
      return new SessionsView.Mistake(String.valueOf(e.getMessage()), null, null);
    }
    String query = e.query();
    int end = e.position();
    while (end < query.length() && ENDS.indexOf(query.charAt(end)) < 0) {
      end++;
    }
    String corrected = query.substring(0, e.position()) + suggestion + query.substring(end);
    return new SessionsView.Mistake(
        String.valueOf(e.getMessage()), corrected, ask.queryLink(corrected));
  }

  private static List<SessionRow> rows(Frame frame, Ask ask, List<Session> sessions) {
    return sessions.stream()
        .map(session -> new SessionRow(session, frame, ask.parameters()))
        .toList();
  }

  private String count(SessionQuery query) {
    int count = store.countSessions(query, COUNT_AT_MOST + 1);
    return count > COUNT_AT_MOST ? "> " + Show.count(COUNT_AT_MOST) : Show.count(count);
  }

  private SessionsView.NoMatch noMatch(Frame frame, SessionQuery query, Ask ask) {
    Session newest = newest(query.project(), query.filter(), ask.range().to());
    return new SessionsView.NoMatch(
        newest == null ? null : new SessionRow(newest, frame, ask.parameters()), narrower(ask));
  }

  private @Nullable Session newest(int project, Filter filter, Instant now) {
    List<Session> sessions = found.newest(project, filter, now).sessions();
    return sessions.isEmpty() ? null : sessions.getFirst();
  }

  private static List<SessionsView.Dropped> narrower(Ask ask) {
    List<SessionsView.Dropped> dropped = new ArrayList<>();
    Matcher terms = TERM.matcher(ask.query());
    while (terms.find()) {
      String rest = ask.query().substring(0, terms.start()) + ask.query().substring(terms.end());
      String link = ask.queryLink(rest.replaceAll("\\s+", " ").strip());
      dropped.add(new SessionsView.Dropped(terms.group(), link));
    }
    return dropped;
  }
}
