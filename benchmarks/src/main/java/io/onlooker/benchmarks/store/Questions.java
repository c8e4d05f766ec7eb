package io.onlooker.benchmarks.store;

import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people ask of spans. */
final class Questions {

  private static final Instant FROM = TraceStream.START.minusSeconds(60);
  private static final Instant TO = TraceStream.START.plus(TraceStream.RANGE);
  private static final Instant TEN_HOURS_FROM = TraceStream.START.plusSeconds(40 * 3600);
  private static final Instant TEN_HOURS_TO = TEN_HOURS_FROM.plusSeconds(10 * 3600);
  private static final String QUANTILES =
      "quantilesExact(0.5, 0.95, 0.99)(duration_ms), avg(duration_ms), count(),"
          + " avg(status = 'ERROR')";

  private final Store store;

  /** Of seven traces, far from each other. */
  private final List<SpanData> samples = new ArrayList<>();

  Questions(Store store) {
    this.store = store;
    for (int i = 0; i < 7; i++) {
      Instant at = TraceStream.START.plusSeconds(3_600 + i * 30_000L);
      samples.addAll(store.spans(search("", at, at.plusSeconds(60), 1)).spans());
    }
  }

  List<Question> all() {
    return List.of(
        new Question(
            "count of all",
            _ -> figures("", List.of("count()"), null),
            _ -> "SELECT count() FROM spans"),
        new Question(
            "p50, p95, p99, mean, count, failure rate by model, 10 h",
            _ -> byModel(TEN_HOURS_FROM, TEN_HOURS_TO),
            _ ->
                byModelSql(
                    " AND start >= fromUnixTimestamp(%d) AND start < fromUnixTimestamp(%d)"
                        .formatted(
                            TEN_HOURS_FROM.getEpochSecond(), TEN_HOURS_TO.getEpochSecond()))),
        new Question("the same, all", _ -> byModel(FROM, TO), _ -> byModelSql("")),
        new Question(
            "p95 by op, all",
            _ -> figures("", List.of("p95(span.duration)", "count()"), null, "span.op"),
            _ -> "SELECT op, quantileExact(0.95)(duration_ms), count() FROM spans GROUP BY op"),
        new Question(
            "p95 by op and hour, all",
            _ ->
                figures(
                    "", List.of("p95(span.duration)", "count()"), Duration.ofHours(1), "span.op"),
            _ ->
                "SELECT toStartOfHour(start) h, op, quantileExact(0.95)(duration_ms), count() FROM"
                    + " spans GROUP BY h, op ORDER BY h, op"),
        new Question(
            "p95 by a text of the tail, one op",
            _ ->
                figures(
                    "op:http.client",
                    List.of("count()", "p95(span.duration)"),
                    null,
                    "app.attribute_1"),
            _ ->
                "SELECT texts['app.attribute_1'] k, count() n, quantileExact(0.95)(duration_ms)"
                    + " FROM spans WHERE op = 'http.client' GROUP BY k ORDER BY n DESC LIMIT 20"),
        new Question(
            "count and mean of slow searches",
            _ ->
                figures(
                    "op:search performance.slow:true",
                    List.of("count()", "avg(span.duration)"),
                    null),
            _ ->
                "SELECT count(), avg(duration_ms) FROM spans WHERE op = 'search' AND"
                    + " flags['performance.slow']"),
        new Question(
            "latest 50 slow searches, whole",
            _ -> store.spans(search("op:search performance.slow:true", FROM, TO, 50)),
            _ ->
                "SELECT * FROM spans WHERE op = 'search' AND flags['performance.slow'] ORDER BY"
                    + " start DESC LIMIT 50"),
        new Question(
            "count of one request.id",
            i -> figures("request.id:" + requestId(i), List.of("count()"), null),
            i -> "SELECT count() FROM spans WHERE texts['request.id'] = '" + requestId(i) + "'"),
        new Question(
            "a trace by its id, another each time",
            i -> store.trace(StoreFill.PROJECT, sample(i).traceId()),
            i ->
                "SELECT * FROM spans WHERE trace_high = %d AND trace_low = %d"
                    .formatted(part(sample(i).traceId(), 0), part(sample(i).traceId(), 16))),
        new Question(
            "sum and p95 of a number of the tail, by agent",
            _ ->
                figures(
                    "has:gen_ai.agent.name",
                    List.of("sum(app.number_1)", "p95(app.number_1)"),
                    null,
                    "gen_ai.agent.name"),
            _ ->
                "SELECT `gen_ai.agent.name` a, sum(numbers['app.number_1']),"
                    + " quantileExactIf(0.95)(numbers['app.number_1'], mapContains(numbers,"
                    + " 'app.number_1')) FROM spans WHERE a <> '' GROUP BY a"),
        new Question(
            "count of prompts with a rare text",
            _ -> figures("gen_ai.input.messages:*ouchdlr*", List.of("count()"), null),
            _ ->
                "SELECT count() FROM texts WHERE key = 'gen_ai.input.messages' AND body LIKE"
                    + " '%ouchdlr%'"));
  }

  /**
   * What people look at while spans arrive: the same figures, what came since then, and a trace.
   */
  List<Reading> whileSpansArrive(Instant since) {
    Instant to = since.plusSeconds(3600);
    return List.of(
        new Reading("six figures by model, 10 h", _ -> byModel(TEN_HOURS_FROM, TEN_HOURS_TO)),
        new Reading(
            "p95 by op of what arrived",
            _ -> figures("", since, to, List.of("p95(span.duration)", "count()"), null, "span.op")),
        new Reading("latest 50 spans, whole", _ -> store.spans(search("", FROM, to, 50))),
        new Reading(
            "latest 50 slow searches, whole",
            _ -> store.spans(search("op:search performance.slow:true", FROM, to, 50))),
        new Reading(
            "a trace by its id, read before",
            _ -> store.trace(StoreFill.PROJECT, sample(0).traceId())),
        new Reading(
            "latest 50 sessions",
            _ ->
                store.sessions(
                    new SessionQuery(
                        StoreFill.PROJECT,
                        Filter.ALL,
                        FROM,
                        to,
                        SessionQuery.Order.STARTED,
                        true,
                        50,
                        null))));
  }

  /** A question of which the store alone is asked. */
  record Reading(String name, IntConsumer ask) {}

  private void byModel(Instant from, Instant to) {
    figures(
        "op:gen_ai.chat",
        from,
        to,
        List.of(
            "count()",
            "p50(span.duration)",
            "p95(span.duration)",
            "p99(span.duration)",
            "avg(span.duration)",
            "failure_rate()"),
        null,
        "gen_ai.request.model");
  }

  private static String byModelSql(String range) {
    return "SELECT `gen_ai.request.model` m, "
        + QUANTILES
        + " FROM spans WHERE op = 'gen_ai.chat'"
        + range
        + " GROUP BY m";
  }

  private SpanData sample(int i) {
    return samples.get(i % samples.size());
  }

  private String requestId(int i) {
    return String.valueOf(sample(i).attributes().get("request.id"));
  }

  private static long part(String id, int from) {
    return Long.parseUnsignedLong(id, from, from + 16, 16);
  }

  private void figures(
      String q, List<String> aggregates, @Nullable Duration step, String... groups) {
    figures(q, FROM, TO, aggregates, step, groups);
  }

  private void figures(
      String q,
      Instant from,
      Instant to,
      List<String> texts,
      @Nullable Duration step,
      String... groups) {
    List<Aggregate> aggregates =
        texts.stream().map(text -> AggregateParser.parse(text, to)).toList();
    List<Group> by = Stream.of(groups).map(GroupParser::parse).toList();
    store.aggregate(
        new Query(StoreFill.PROJECT, filter(q, to), aggregates, by, from, to, step, List.of(), 20));
  }

  private static SpanQuery search(String q, Instant from, Instant to, int limit) {
    return new SpanQuery(StoreFill.PROJECT, filter(q, to), from, to, limit, null);
  }

  private static Filter filter(String q, Instant now) {
    return QueryParser.parse(q, now);
  }
}
