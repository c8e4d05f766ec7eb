package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds pages of sessions, each by the index that has them in the order asked for, so that a page
 * costs what it shows and not what there is.
 *
 * <p>By start every index has them, behind what it is for. By another order there is one index,
 * which knows no time: where few sessions stand in the range, reading and sorting these is cheaper.
 */
final class SessionSearch {

  /** So many are sorted in less time than a page may take. */
  private static final int FEW = 2_000;

  /**
   * Fields with an index of their own, in which a start follows; the one with fewest rows first.
   */
  private static final List<IndexedField> INDEXED =
      List.of(
          new IndexedField("session_by_conversation", "conversation", "gen_ai.conversation.id"),
          new IndexedField("session_by_user", "user.id", "user.id"),
          new IndexedField("session_by_release", "release", "release"),
          new IndexedField("session_by_agent", "agent", "gen_ai.agent.name"),
          new IndexedField("session_by_status", "status", "span.status"));

  private record IndexedField(String index, String name, String otherName) {

    boolean answers(Filter.Equal equal) {
      String field = equal.field().label();
      return equal.values().size() == 1 && (field.equals(name) || field.equals(otherName));
    }
  }

  /** A part of a filter, and the index that answers it. */
  private record Narrow(String index, Filter filter) {}

  private final SessionTable table;

  SessionSearch(SessionTable table) {
    this.table = table;
  }

  /**
   * A page.
   *
   * @param nowNanos tells which of the running ones are lost by now
   */
  SessionPage find(SessionQuery query, Range range, long nowNanos) {
    Sql statement = statement(query, range, nowNanos);
    List<Session> found = table.read(statement, nowNanos);
    if (found.size() <= query.limit()) {
      return new SessionPage(found, null);
    }
    List<Session> shown = found.subList(0, query.limit());
    return new SessionPage(shown, SessionCursor.of(shown.getLast(), query.order()).toString());
  }

  /** How many there are, counted to this number and no further. */
  int count(SessionQuery query, Range range, long nowNanos, int atMost) {
    return table.count(matching(query.filter(), range, nowNanos), atMost);
  }

  Sql statement(SessionQuery query, Range range, long nowNanos) {
    String text = query.cursor();
    SessionCursor cursor = text == null ? null : SessionCursor.parse(text);
    return query.order() == SessionQuery.Order.STARTED
        ? byStart(query, range, nowNanos, cursor)
        : few(query, range, nowNanos)
            ? sorted(query, range, nowNanos, cursor)
            : byOrder(query, range, nowNanos, cursor);
  }

  /**
   * The range ends where the page before did: the index knows a range, not a pair of values.
   * Without statistics the engine does not always see which index has least to read, so it is told.
   */
  private static Sql byStart(
      SessionQuery query, Range range, long now, @Nullable SessionCursor cursor) {
    Range rest = cursor == null ? range : cursor.rest(range, query.descending());
    Narrow narrow = narrow(query.filter());
    Sql sql = Sql.of("SELECT * FROM session");
    if (narrow != null) {
      sql.add(" INDEXED BY " + narrow.index());
    }
    sql.add(" WHERE ").add(matching(query.filter(), rest, now));
    return page(sql, query, cursor, SessionCursor.column(query.order()));
  }

  /** A plus keeps the index of the order out of it. */
  private static Sql sorted(
      SessionQuery query, Range range, long now, @Nullable SessionCursor cursor) {
    Sql sql = Sql.of("SELECT * FROM session WHERE ").add(matching(query.filter(), range, now));
    return page(sql, query, cursor, "+" + SessionCursor.column(query.order()));
  }

  private static Sql byOrder(
      SessionQuery query, Range range, long now, @Nullable SessionCursor cursor) {
    String column = SessionCursor.column(query.order());
    Sql sql = Sql.of("SELECT * FROM session INDEXED BY ").add(index(query.order()));
    sql.add(" WHERE ").add(matching(query.filter(), range, now));
    if (cursor != null) {
      sql.add(" AND " + column + (query.descending() ? " <= " : " >= ")).bind(cursor.value());
    }
    return page(sql, query, cursor, column);
  }

  private static String index(SessionQuery.Order order) {
    return switch (order) {
      case STARTED -> "session_by_start";
      case DURATION -> "session_by_duration";
      case TOKENS -> "session_by_tokens";
      case COST -> "session_by_cost";
    };
  }

  private static Sql page(
      Sql sql, SessionQuery query, @Nullable SessionCursor cursor, String column) {
    if (cursor != null) {
      sql.add(cursor.behind(column, query.descending()));
    }
    String direction = query.descending() ? " DESC" : "";
    sql.add(" ORDER BY " + column + direction + ", trace" + direction + ", id" + direction);
    return sql.add(" LIMIT ").bind(query.limit() + 1L);
  }

  private boolean few(SessionQuery query, Range range, long now) {
    Narrow narrow = narrow(query.filter());
    Filter filter = narrow == null ? Filter.ALL : narrow.filter();
    return table.count(matching(filter, range, now), FEW + 1) <= FEW;
  }

  /** The part of a filter that an index answers, or null. */
  private static @Nullable Narrow narrow(Filter filter) {
    List<Filter> parts = filter instanceof Filter.And(List<Filter> all) ? all : List.of(filter);
    for (IndexedField field : INDEXED) {
      for (Filter part : parts) {
        if (part instanceof Filter.Equal equal && field.answers(equal)) {
          return new Narrow(field.index(), equal);
        }
      }
    }
    return null;
  }

  private static Sql matching(Filter filter, Range range, long now) {
    Sql sql = Sql.of("project = ").bind(range.project());
    sql.add(" AND start >= ").bind(range.fromNanos()).add(" AND start < ").bind(range.toNanos());
    return sql.add(" AND ").add(new SessionFilterSql(now).condition(filter));
  }
}
