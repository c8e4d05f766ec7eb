package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the pages of a store must say about the last day, counted one by one. */
record Known(Store store) {

  /** What the overview must say, from the sessions and spans one by one. */
  List<String> readings() {
    Instant now = Instant.now();
    Instant from = now.minus(Duration.ofDays(1));
    List<Session> sessions =
        store
            .sessions(
                new SessionQuery(
                    1,
                    Filter.ALL,
                    from,
                    now.plusSeconds(1),
                    SessionQuery.Order.STARTED,
                    true,
                    10_000,
                    null))
            .sessions();
    long failed = sessions.stream().filter(one -> one.status() == Session.Status.FAILED).count();
    List<Double> millis =
        sessions.stream()
            .filter(one -> one.endNanos() != SpanData.OPEN)
            .map(one -> Double.valueOf(one.durationMillis()))
            .toList();
    long tokens =
        sessions.stream()
            .map(one -> one.usage().totalTokens())
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    Session.Cost cost =
        sessions.stream().map(Session::cost).reduce(Session.Cost.NONE, Session.Cost::plus);
    long tools = spans(Tool.CALLS, from, now).size();
    long errors = spans(Tool.CALLS + " status:error", from, now).size();
    return List.of(
        Show.count(sessions.size()),
        Show.count(failed) + " " + Show.share((double) failed / sessions.size()),
        Unit.MILLIS.show(quantile(millis, 0.95)),
        Show.tokens(tokens),
        Show.cost(cost),
        Show.count(errors) + " " + Show.share((double) errors / tools));
  }

  /** How long the calls of each model took, the last day's. */
  Map<String, List<Double>> chatMillis() {
    Instant now = Instant.now();
    Map<String, List<Double>> millis = new HashMap<>();
    for (SpanData span : spans("op:gen_ai.chat", now.minus(Duration.ofDays(1)), now)) {
      millis
          .computeIfAbsent(
              String.valueOf(span.attributes().string("gen_ai.request.model")),
              _ -> new ArrayList<>())
          .add(span.durationNanos() / 1e6);
    }
    return millis;
  }

  private List<SpanData> spans(String query, Instant from, Instant to) {
    return store
        .spans(new SpanQuery(1, QueryParser.parse(query), from, to.plusSeconds(1), 1_000_000, null))
        .spans();
  }

  /** Between the two nearest. */
  static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double at = share * (sorted.size() - 1);
    int below = (int) at;
    double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
    return sorted.get(below) + (at - below) * (above - sorted.get(below));
  }
}
