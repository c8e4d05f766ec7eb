package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.store.Filter;
import io.onlooker.store.SessionQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list of sessions is asked for, and the addresses that ask for a little else.
 *
 * @param query in the search language, as typed
 */
record Ask(
    Links links,
    String query,
    Range range,
    SessionQuery.Order order,
    boolean descending,
    @Nullable String cursor) {

  static final int ROWS = 50;

  static Ask of(Request request, Links links, Instant now) {
    String query = request.parameter("q");
    String sort = request.parameter("sort");
    String field = sort == null ? "" : sort.startsWith("-") ? sort.substring(1) : sort;
    return new Ask(
        links,
        query == null ? "" : query.strip(),
        Range.of(request, now),
        order(field),
        sort == null || sort.startsWith("-"),
        request.parameter("cursor"));
  }

  SessionQuery toQuery(int project, Filter filter) {
    return new SessionQuery(
        project, filter, range.from(), range.to(), order, descending, ROWS, cursor);
  }

  /** The parameters of this list without its page: what a link back to it needs. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(range.parameters());
    if (order != SessionQuery.Order.STARTED || !descending) {
      parameters.put("sort", (descending ? "-" : "") + name(order));
    }
    return parameters;
  }

  boolean in(String rangeName) {
    return range.name().equals(rangeName);
  }

  String rangeLink(String rangeName) {
    Map<String, String> parameters = parameters();
    parameters.remove("from");
    parameters.remove("to");
    return links.sessions(Links.changed(parameters, "range", rangeName));
  }

  String queryLink(String otherQuery) {
    return links.sessions(Links.changed(parameters(), "q", otherQuery));
  }

  String olderLink(String nextCursor) {
    return links.sessions(Links.changed(parameters(), "cursor", nextCursor));
  }

  /** Sorts by the column, largest first; a second time the other way round. */
  String sortLink(String column) {
    boolean down = !sortedBy(column) || !descending;
    return links.sessions(Links.changed(parameters(), "sort", (down ? "-" : "") + column));
  }

  boolean sortedBy(String column) {
    return order == order(column);
  }

  /** For the header of a column: {@code descending}, {@code ascending} or {@code none}. */
  String sorting(String column) {
    return !sortedBy(column) ? "none" : descending ? "descending" : "ascending";
  }

  private static SessionQuery.Order order(String name) {
    for (SessionQuery.Order order : SessionQuery.Order.values()) {
      if (name(order).equals(name)) {
        return order;
      }
    }
    return SessionQuery.Order.STARTED;
  }

  private static String name(SessionQuery.Order order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
