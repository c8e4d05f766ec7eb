package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryException;
import io.onlooker.store.query.QueryParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands in the list it was opened from.
 *
 * @param text {@code " (4 of 61)"}, or empty when it stands in none
 * @param previous opens the one above it, or null
 * @param next opens the one below it, or null
 */
record Place(String text, @Nullable String previous, @Nullable String next) {

  static final Place NONE = new Place("", null, null);

  /** Further down nobody walks from one to the next. */
  private static final int MOST = 1_000;

  static Place of(Request request, Store store, int project, Frame frame, String id) {
    if (request.parameter("q") == null
        && request.parameter("range") == null
        && request.parameter("from") == null) {
      return NONE;
    }
    Ask ask = Ask.of(request, frame.links().sessions(), "-started", frame.now());
    try {
      Filter filter = ask.narrowed(QueryParser.parseSessions(ask.query()));
      List<Session> list =
          store.sessions(SessionsPage.query(project, filter, ask, MOST)).sessions();
      return among(list, frame, ask, id);
    } catch (QueryException e) {
      return NONE;
    }
  }

  private static Place among(List<Session> list, Frame frame, Ask ask, String id) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).id().equals(id)) {
        String all = list.size() < MOST ? Show.count(list.size()) : "> " + Show.count(MOST - 1);
        return new Place(
            " (" + Show.count(i + 1) + " of " + all + ")",
            i == 0 ? null : link(list.get(i - 1), frame, ask),
            i + 1 == list.size() ? null : link(list.get(i + 1), frame, ask));
      }
    }
    return NONE;
  }

  private static String link(Session session, Frame frame, Ask ask) {
    return Links.with(frame.links().session(session.id()), ask.ofList());
  }
}
