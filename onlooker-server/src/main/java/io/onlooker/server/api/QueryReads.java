package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.ParsedQuery;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers with figures over spans. */
record QueryReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int USUAL = 100;
  private static final int MOST_STEPS = 2000;

  Response answer(Request request) {
    int project = projectOf.applyAsInt(request);
    Instant now = clock.instant();
    QueryBody body = QueryBody.of(request);
    String q = Objects.requireNonNullElse(body.text("q"), "");
    ParsedQuery parsed = Problem.reading("q", () -> QueryParser.parseQuery(q, now));
    List<Aggregate> shown = aggregates(body, now);
    List<Group> by = groups(body);
    TimeRange range = TimeRange.of(body.moment("from"), body.moment("to"), body.text("range"), now);
    int limit = body.limit(USUAL);
    Having having = new Having(parsed.having(), shown, by.size());
    Query query =
        new Query(
            project,
            parsed.filter(),
            having.aggregates(),
            by,
            range.from(),
            range.to(),
            step(body, range),
            sort(body, shown, by),
            having.isEmpty() ? limit : Parameters.MOST,
            having.isEmpty() && body.flag("other", true));
    long begin = System.nanoTime();
    Result result = Problem.asking(() -> store.aggregate(query));
    long took = System.nanoTime() - begin;
    Explanation explanation =
        body.flag("explain") ? new Explanation(parsed, query, store.plan(query), took) : null;
    Earlier earlier = compared(body) ? Earlier.of(query, store) : null;
    Result narrowed = having.narrow(result, limit);
    return ResultJson.of(narrowed, query.step() != null, earlier, explanation);
  }

  private static boolean compared(QueryBody body) {
    String text = body.text("compare");
    if (text != null && !text.equals("previous")) {
      throw Problem.badParameter("compare", text, "previous");
    }
    return text != null;
  }

  private static List<Aggregate> aggregates(QueryBody body, Instant now) {
    List<String> texts = body.texts("aggregates");
    List<Aggregate> aggregates = new ArrayList<>();
    for (String text : texts.isEmpty() ? List.of("count()") : texts) {
      String name = "aggregates[" + aggregates.size() + "]";
      aggregates.add(Problem.reading(name, () -> AggregateParser.parse(text, now)));
    }
    return aggregates;
  }

  private static List<Group> groups(QueryBody body) {
    List<Group> groups = new ArrayList<>();
    for (String text : body.texts("by")) {
      String name = "by[" + groups.size() + "]";
      groups.add(Problem.reading(name, () -> GroupParser.parse(text)));
    }
    return groups;
  }

  private static @Nullable Duration step(QueryBody body, TimeRange range) {
    String text = body.text("step");
    if (text == null) {
      return null;
    }
    Duration step = TimeRange.length("step", text);
    Duration least = Duration.between(range.from(), range.to()).dividedBy(MOST_STEPS);
    if (step.compareTo(least) < 0) {
      throw Problem.badParameter(
          "step",
          text,
          "at least " + least.toMillis() + "ms, for at most " + MOST_STEPS + " steps");
    }
    return step;
  }

  /** Labels of columns, each with a minus in front for largest first. */
  private static List<Query.Sort> sort(QueryBody body, List<Aggregate> shown, List<Group> by) {
    List<String> labels =
        Stream.concat(by.stream().map(Group::label), shown.stream().map(Aggregate::label)).toList();
    List<Query.Sort> sort = new ArrayList<>();
    for (String text : body.oneOrMore("sort")) {
      boolean descending = text.startsWith("-");
      String label = (descending ? text.substring(1) : text).strip();
      if (!labels.contains(label)) {
        throw Problem.badParameter("sort", text, "one of " + String.join(", ", labels));
      }
      sort.add(new Query.Sort(label, descending));
    }
    return sort;
  }
}
