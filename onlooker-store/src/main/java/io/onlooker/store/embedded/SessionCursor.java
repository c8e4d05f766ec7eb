package io.onlooker.store.embedded;

import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import java.math.BigDecimal;

/** Where a page of sessions ended, as text for a client. */
record SessionCursor(long value, String traceId, String id) {

  static SessionCursor of(Session session, SessionQuery.Order order) {
    return new SessionCursor(value(session, order), session.traceId(), session.id());
  }

  private static long value(Session session, SessionQuery.Order order) {
    return switch (order) {
      case STARTED -> session.startNanos();
      case DURATION -> Math.round(session.durationMillis() * 1e6);
      case TOKENS -> {
        Long tokens = session.usage().totalTokens();
        yield tokens == null ? -1 : tokens;
      }
      case COST -> {
        BigDecimal usd = session.cost().usd();
        yield usd == null ? -1 : Math.round(usd.doubleValue() * 1e9);
      }
    };
  }

  /** The column that the order goes by. */
  static String column(SessionQuery.Order order) {
    return switch (order) {
      case STARTED -> "start";
      case DURATION -> "duration";
      case TOKENS -> "coalesce(tokens, -1)";
      case COST -> "coalesce(CAST(round(cost_usd * 1e9) AS INTEGER), -1)";
    };
  }

  /** The part of a range that is behind this, by start. */
  Range rest(Range range, boolean descending) {
    return descending
        ? range.upTo(value)
        : new Range(range.project(), Math.max(range.fromNanos(), value), range.toNanos());
  }

  Sql behind(String column, boolean descending) {
    return Sql.of(" AND (" + column + ", trace, id) " + (descending ? "<" : ">") + " (")
        .bind(value)
        .add(", ")
        .bind(traceId)
        .add(", ")
        .bind(id)
        .add(")");
  }

  @Override
  public String toString() {
    return Ids.text(value) + traceId + id;
  }

  /**
   * @throws IllegalArgumentException when the text is not one of a cursor
   */
  static SessionCursor parse(String text) {
    Long value = Ids.parsed(text, 0);
    if (value == null || !Ids.isHex(text, 16, 48)) {
      throw new IllegalArgumentException(
          "cursor: " + text + " (expected: one that a page of sessions gave)");
    }
    return new SessionCursor(value, text.substring(16, 48), text.substring(48));
  }
}
