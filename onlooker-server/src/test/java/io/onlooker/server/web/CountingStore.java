package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Batch;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Passes questions on to another store and notes those for figures. */
final class CountingStore implements Store {

  private final Store store;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  CountingStore(Store store) {
    this.store = store;
  }

  /** What was asked since the last call, in alphabetical order: questions overtake each other. */
  List<String> takeAsked() {
    List<String> taken = asked.stream().sorted().toList();
    asked.clear();
    return taken;
  }

  @Override
  public Result aggregate(Query query) {
    String by = String.join(", ", query.by().stream().map(Group::label).toList());
    Aggregate first = query.aggregates().getFirst();
    asked.add("spans: " + first.label() + " by " + (by.isEmpty() ? "nothing" : by));
    return store.aggregate(query);
  }

  @Override
  public SessionGroupPage sessionGroups(SessionGroupQuery query) {
    asked.add("sessions: " + query.by());
    return store.sessionGroups(query);
  }

  @Override
  public void append(Batch batch) {
    store.append(batch);
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    return store.spans(query);
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
