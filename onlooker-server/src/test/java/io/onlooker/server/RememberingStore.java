package io.onlooker.server;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what ingest gives it in a list; answers no queries. */
public final class RememberingStore implements Store {

  private final List<Batch> batches = new ArrayList<>();
  private volatile StoreException.@Nullable Reason failing;
  private volatile boolean closed;

  public void failWith(StoreException.Reason reason) {
    failing = reason;
  }

  /** As new again. */
  public synchronized void forget() {
    batches.clear();
    failing = null;
  }

  public synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  public List<SpanData> spans() {
    return items(SpanData.class);
  }

  public List<LogData> logs() {
    return items(LogData.class);
  }

  public List<ErrorData> errors() {
    return items(ErrorData.class);
  }

  public boolean closed() {
    return closed;
  }

  private <T extends Item> List<T> items(Class<T> type) {
    return batches().stream()
        .flatMap(batch -> batch.items().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public synchronized void append(Batch batch) {
    if (failing != null) {
      throw new StoreException(Objects.requireNonNull(failing), "told to fail", null);
    }
    batches.add(batch);
  }

  @Override
  public Result aggregate(Query query) {
    throw new UnsupportedOperationException("aggregate");
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    throw new UnsupportedOperationException("spans");
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    return spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    throw new UnsupportedOperationException("sessions");
  }

  @Override
  public @Nullable Session session(int project, String id) {
    return null;
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    return new TraceNotes(List.of(), List.of());
  }

  @Override
  public StoreStats stats() {
    if (closed) {
      throw new StoreException(StoreException.Reason.CLOSED, "closed", null);
    }
    return new StoreStats(spans().size(), spans().size(), 0, 0, 0, 0);
  }

  @Override
  public void close() {
    closed = true;
  }
}
