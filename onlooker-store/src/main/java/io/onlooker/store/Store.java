package io.onlooker.store;

import io.onlooker.SpanData;
import io.onlooker.store.issue.Issues;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps items and finds them again. Safe for many threads; reads never wait for writes. */
public interface Store extends AutoCloseable {

  /**
   * Keeps the batch, whole or not at all; when this returns it is durable and visible to reads. An
   * item that is there already (same trace and span, same or later revision) is not kept twice.
   * Blocks while the write is pending; an empty batch does nothing.
   *
   * <p>Of two revisions of a span the one that has ended counts, else the one that came later.
   * Surrogates without their other half are kept as question marks, and a fraction of negative zero
   * may become zero.
   *
   * @throws IllegalArgumentException when a trace or span id is not lowercase hex digits
   * @throws StoreException when the batch could not be kept; nothing of it is then visible
   */
  void append(Batch batch);

  /**
   * Begins to change spans of a project that are there already.
   *
   * @throws StoreException when this store cannot tell what others change meanwhile
   */
  default Edit edit(int project) {
    throw unsupported("changes of what was read");
  }

  /**
   * Aggregates spans. Interrupting the thread that waits cancels the query.
   *
   * @throws IllegalArgumentException when it sorts by a label it does not have, or has too many
   *     steps
   * @throws StoreException when the query was cancelled, ran out of time or memory
   */
  Result aggregate(Query query);

  /**
   * Tells what {@link #aggregate} of the query would look at; a store that cannot tell says all.
   */
  default QueryPlan plan(Query query) {
    StoreStats all = stats();
    long sealed = all.spans() - all.hotSpans();
    return new QueryPlan(
        all.hotSpans(), all.segments(), all.segments(), sealed, all.segmentBytes());
  }

  /**
   * Finds spans, newest start first.
   *
   * @throws IllegalArgumentException when the cursor is not one of an earlier page
   * @throws StoreException when the query was cancelled, ran out of time or memory
   */
  SpanPage spans(SpanQuery query);

  /**
   * Which attributes spans have, told from the newest of them; a store that knows more keys adds
   * these.
   *
   * @throws StoreException when the query was cancelled, ran out of time or memory
   */
  default AttributeCatalog attributes(AttributeQuery query) {
    AttributeSample sample = new AttributeSample();
    newest(query).forEach(sample::add);
    return sample.catalog(query.contains(), query.limit());
  }

  private List<SpanData> newest(AttributeQuery query) {
    return spans(
            new SpanQuery(
                query.project(), Filter.ALL, query.from(), query.to(), AttributeSample.SPANS, null))
        .spans();
  }

  /**
   * All spans of a trace in order of start, the latest revision of each; empty when there is none.
   *
   * @param traceId 32 lowercase hex digits
   * @throws IllegalArgumentException when it is not
   */
  List<SpanData> trace(int project, String traceId);

  /**
   * The latest revision of one span, or null when there is none.
   *
   * @throws IllegalArgumentException when an id is not lowercase hex digits
   */
  default @Nullable SpanData span(int project, String traceId, String spanId) {
    return trace(project, traceId).stream()
        .filter(span -> span.spanId().equals(spanId))
        .findFirst()
        .orElse(null);
  }

  /**
   * Finds sessions, those of spans appended a moment ago among them. While very many traces arrive
   * without a pause, those of the last second may be missing.
   *
   * @throws IllegalArgumentException when the cursor is not one of an earlier page
   */
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

  /**
   * The log lines and errors of a trace in order of time. One that was sent twice is there once: an
   * error by its id, a line when all of it is the same.
   */
  TraceNotes notes(int project, String traceId);

  /**
   * Figures over sessions that belong together.
   *
   * @throws IllegalArgumentException when the cursor is not one of an earlier page
   * @throws StoreException when this store has none
   */
  default SessionGroupPage sessionGroups(SessionGroupQuery query) {
    throw unsupported("groups of sessions");
  }

  /**
   * Finds log lines, newest first; one that was sent twice is there once.
   *
   * @throws IllegalArgumentException when the cursor is not one of an earlier page
   * @throws StoreException when this store has none, or the query ran out of time or memory
   */
  default LogPage logs(LogQuery query) {
    throw unsupported("lists of log lines");
  }

  /**
   * How many lines of each level a query takes in each step; its limit and cursor do not matter.
   *
   * @throws StoreException as {@link #logs}
   */
  default List<LogPage.Count> logCounts(LogQuery query, Duration step) {
    throw unsupported("lists of log lines");
  }

  /**
   * What failed, by cause.
   *
   * @throws StoreException when this store has none
   */
  default Issues issues() {
    throw unsupported("issues");
  }

  /**
   * What people and evaluations thought.
   *
   * @throws StoreException when this store has none
   */
  default Scores scores() {
    throw unsupported("scores");
  }

  private static StoreException unsupported(String what) {
    return new StoreException(
        StoreException.Reason.UNSUPPORTED, what + ": not kept by this store", null);
  }

  /** Figures of this store for its operator. */
  StoreStats stats();

  /** Makes everything durable and lets go of files and memory. Calls after this throw. */
  @Override
  void close();
}
