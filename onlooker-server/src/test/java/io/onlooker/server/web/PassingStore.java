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
import io.onlooker.store.issue.Issues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes all that the pages ask on to another store. */
abstract class PassingStore implements Store {

  private final Store store;

  PassingStore(Store store) {
    this.store = store;
  }

  @Override
  public void append(Batch batch) {
    store.append(batch);
  }

  @Override
  public Result aggregate(Query query) {
    return store.aggregate(query);
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
  public Issues issues() {
    return store.issues();
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    store.close();
  }
}
