package io.onlooker.server.web;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.Store;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes the questions for figures. */
final class CountingStore extends PassingStore {

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  CountingStore(Store store) {
    super(store);
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
    return super.aggregate(query);
  }

  @Override
  public SessionGroupPage sessionGroups(SessionGroupQuery query) {
    asked.add("sessions: " + query.by());
    return super.sessionGroups(query);
  }
}
