package io.onlooker.server.web;

import io.onlooker.server.read.Rollups;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the store for figures in the words of the query language. */
record Figures(Store store, int project) {

  /** The tables that the API answers with as well. */
  Rollups rolled() {
    return new Rollups(store, project);
  }

  /** Totals, one row for each group, largest first figure first. */
  Result totals(String query, List<String> aggregates, List<String> by, Range range, int limit) {
    return ask(QueryParser.parse(query), parsed(aggregates), groups(by), range, null, limit);
  }

  /** The same step by step. */
  Result steps(String query, List<String> aggregates, List<String> by, TimeAxis axis, int limit) {
    return ask(
        QueryParser.parse(query), parsed(aggregates), groups(by), axis.range(), axis.step(), limit);
  }

  Result ask(
      Filter filter,
      List<Aggregate> aggregates,
      List<Group> by,
      Range range,
      @Nullable Duration step,
      int limit) {
    return ask(filter, aggregates, by, range, step, List.of(), limit);
  }

  Result ask(
      Filter filter,
      List<Aggregate> aggregates,
      List<Group> by,
      Range range,
      @Nullable Duration step,
      List<Query.Sort> sort,
      int limit) {
    return store.aggregate(
        new Query(project, filter, aggregates, by, range.from(), range.to(), step, sort, limit));
  }

  static List<Aggregate> parsed(List<String> texts) {
    return texts.stream().map(AggregateParser::parse).toList();
  }

  private static List<Group> groups(List<String> texts) {
    return texts.stream().map(GroupParser::parse).toList();
  }
}
