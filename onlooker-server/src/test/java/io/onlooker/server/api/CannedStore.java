package io.onlooker.server.api;

import static java.util.Objects.requireNonNull;

import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
import io.onlooker.store.SessionFold;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreStats;
import io.onlooker.store.TraceNotes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the spans of project 1, remembers what it was asked, and gives the result it was given;
 * takes every cursor but {@code forged}.
 */
final class CannedStore implements Store {

  final List<SpanData> spans = new ArrayList<>();
  TraceNotes notes = new TraceNotes(List.of(), List.of());
  Result result = new Result(List.of(), List.of(), List.of(), List.of());
  @Nullable StoreException failure;
  private @Nullable Query query;
  private @Nullable SpanQuery spanQuery;
  private @Nullable SessionQuery sessionQuery;

  Query query() {
    return requireNonNull(query);
  }

  SpanQuery spanQuery() {
    return requireNonNull(spanQuery);
  }

  SessionQuery sessionQuery() {
    return requireNonNull(sessionQuery);
  }

  @Override
  public void append(Batch batch) {
    batch.items().forEach(item -> spans.add((SpanData) item));
  }

  @Override
  public Result aggregate(Query asked) {
    query = asked;
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  @Override
  public SpanPage spans(SpanQuery asked) {
    spanQuery = asked;
    if ("forged".equals(asked.cursor())) {
      throw new IllegalArgumentException("cursor: forged (expected: one that a page gave)");
    }
    return new SpanPage(spans, "next");
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    return spans.stream().filter(span -> project == 1 && span.traceId().equals(traceId)).toList();
  }

  @Override
  public SessionPage sessions(SessionQuery asked) {
    sessionQuery = asked;
    return new SessionPage(SessionFold.fold(asked.project(), spans, 0), null);
  }

  @Override
  public @Nullable Session session(int project, String id) {
    return SessionFold.fold(project, spans, 0).stream()
        .filter(session -> session.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    return notes;
  }

  @Override
  public StoreStats stats() {
    return new StoreStats(spans.size(), spans.size(), 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
