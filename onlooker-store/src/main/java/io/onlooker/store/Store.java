package io.onlooker.store;

import io.onlooker.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps items and finds them again. Safe for many threads; reads never wait for writes. */
public interface Store extends AutoCloseable {

  /**
   * Keeps the batch, whole or not at all; when this returns it is durable and visible to reads. An
   * item that is there already (same trace and span, same or later revision) is not kept twice.
   * Blocks while the write is pending; an empty batch does nothing.
   *
   * @throws StoreException when the batch could not be kept; nothing of it is then visible
   */
  void append(Batch batch);

  /**
   * Aggregates spans.
   *
   * @throws StoreException when the query was cancelled, ran out of time or memory
   */
  Result aggregate(Query query);

  /** Finds spans, newest start first. */
  SpanPage spans(SpanQuery query);

  /**
   * All spans of a trace in order of start, the latest revision of each; empty when there is none.
   *
   * @param traceId 32 lowercase hex digits
   */
  List<SpanData> trace(int project, String traceId);

  /** Finds sessions. */
  SessionPage sessions(SessionQuery query);

  /**
   * How many sessions a query takes, counted to {@code atMost} and no further; the query's limit
   * and cursor do not matter.
   */
  default int countSessions(SessionQuery query, int atMost) {
    SessionQuery all =
        new SessionQuery(
            query.project(),
            query.filter(),
            query.from(),
            query.to(),
            query.order(),
            query.descending(),
            atMost,
            null);
    return sessions(all).sessions().size();
  }

  /** The session with this id, or null. */
  @Nullable Session session(int project, String id);

  /** The log lines and errors of a trace in order of time. */
  TraceNotes notes(int project, String traceId);

  /** Figures of this store for its operator. */
  StoreStats stats();

  /** Makes everything durable and lets go of files and memory. Calls after this throw. */
  @Override
  void close();
}
