package io.onlooker.server.web;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import java.time.Instant;
import java.util.List;

/** Sessions that have one thing in common, whenever they ran. */
final class Found {

  /** Clocks of senders run ahead; a day of it is still found. */
  private static final long AHEAD_SECONDS = 86_400;

  private final Store store;

  Found(Store store) {
    this.store = store;
  }

  /** The sessions of a conversation, oldest first. */
  SessionPage ofConversation(int project, String conversation, Instant now, int limit) {
    return sessions(project, equal("conversation", conversation), now, false, limit);
  }

  /** The sessions of a trace, oldest first. */
  SessionPage ofTrace(int project, String traceId, Instant now, int limit) {
    return sessions(project, equal("trace", traceId), now, false, limit);
  }

  /** The newest session that a filter takes; empty when it takes none. */
  SessionPage newest(int project, Filter filter, Instant now) {
    return sessions(project, filter, now, true, 1);
  }

  private SessionPage sessions(
      int project, Filter filter, Instant now, boolean descending, int limit) {
    return store.sessions(
        new SessionQuery(
            project,
            filter,
            Instant.EPOCH,
            now.plusSeconds(AHEAD_SECONDS),
            SessionQuery.Order.STARTED,
            descending,
            limit,
            null));
  }

  private static Filter equal(String field, String value) {
    return new Filter.Equal(new Field.Attribute(field), List.of(new Filter.Value.Text(value)));
  }
}
