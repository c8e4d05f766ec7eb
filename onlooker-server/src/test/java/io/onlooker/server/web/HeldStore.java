package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.AttributeCatalog;
import io.onlooker.store.AttributeQuery;
import io.onlooker.store.Batch;
import io.onlooker.store.Query;
import io.onlooker.store.QueryPlan;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreStats;
import io.onlooker.store.TraceNotes;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A store that answers questions for groups only when it is let go of: a slow one. */
final class HeldStore implements Store {

  private static final int LONGEST_SECONDS = 60;

  private final Store store;
  private final CountDownLatch let = new CountDownLatch(1);

  HeldStore(Store store) {
    this.store = store;
  }

  void letGo() {
    let.countDown();
  }

  @Override
  public Result aggregate(Query query) {
    if (!query.by().isEmpty() && query.step() != null) {
      hold();
    }
    return store.aggregate(query);
  }

  private void hold() {
    try {
      if (!let.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let go of the store");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void append(Batch batch) {
    store.append(batch);
  }

  @Override
  public QueryPlan plan(Query query) {
    return store.plan(query);
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    return store.spans(query);
  }

  @Override
  public AttributeCatalog attributes(AttributeQuery query) {
    return store.attributes(query);
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    return store.trace(project, traceId);
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    return store.sessions(query);
  }

  @Override
  public @Nullable Session session(int project, String id) {
    return store.session(project, id);
  }

  @Override
  public SessionGroupPage sessionGroups(SessionGroupQuery query) {
    return store.sessionGroups(query);
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    return store.notes(project, traceId);
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    letGo();
    store.close();
  }
}
