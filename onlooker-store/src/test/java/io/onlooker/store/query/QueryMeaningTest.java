package io.onlooker.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Filter;
import io.onlooker.store.query.CaseFile.Case;
import io.onlooker.store.reference.ReferenceAggregate;
import io.onlooker.store.reference.ReferenceQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What queries take and what aggregates say, from text to answer. */
class QueryMeaningTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:30:00Z");

  static final List<Case> MEANINGS = CaseFile.read("meaning.tsv");

  private static final List<SpanData> SPANS =
      List.of(
          span("prefix", "search", "2026-11-20T10:00:00Z", 9, SpanStatus.OK, "00000000000000a1")
              .withAttributes(
                  Attributes.of(Map.of("query.length", 2, "performance.slow", "False"))),
          span("fuzzy", "search", "2026-11-20T10:30:00Z", 120, SpanStatus.CANCELLED, null)
              .withAttributes(
                  Attributes.of(
                      Map.of(
                          "query.length",
                          6,
                          "performance.slow",
                          true,
                          "http.status_code",
                          503,
                          "http.response.status_code",
                          503))),
          span("checkout", "ui.action", "2026-11-20T10:45:00Z", 1000, failed("card declined"), null)
              .withAttributes(
                  Attributes.of(
                      Map.of(
                          "cart.item_count",
                          "3",
                          "payment.provider",
                          "ZapPay",
                          "environment",
                          "production",
                          "order.id",
                          "007",
                          "http.response.status_code",
                          "402"))),
          span("upload", null, "2026-11-20T11:00:30Z", 2_500, SpanStatus.UNSET, null)
              .withAttributes(
                  Attributes.of(Map.of("file.size_bytes", 5 << 20, "performance.slow", "true"))),
          span("chat", "gen_ai.chat", "2026-11-19T10:00:00Z", 70, failed("internal_error"), null)
              .withAttributes(
                  Attributes.of(
                      Map.of(
                          "gen_ai.request.model",
                          "gpt-4o",
                          "gen_ai.usage.total_tokens",
                          1234,
                          "gen_ai.response.finish_reasons",
                          List.of("stop", "tool_calls"),
                          "conversation.cost_estimate_usd",
                          "0.0220"))),
          span("running", null, "2026-11-19T11:00:00Z", -1, SpanStatus.UNSET, null));

  @ParameterizedTest
  @FieldSource("MEANINGS")
  void takes(Case each) {
    Filter filter = QueryParser.parse(each.text(), NOW);

    String names =
        ReferenceQuery.find(filter, SPANS).stream()
            .map(SpanData::name)
            .collect(Collectors.joining(", "));

    assertThat(names).isEqualTo(each.expected());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          count()                                     | 6
          count(span.duration)                        | 5
          count_op(search)                            | 2
          count_if(span.status!=ok)                   | 5
          count_unique(op)                            | 3
          count_unique(performance.slow)              | 3
          p95()                                       | 2200
          p50(duration)                               | 120
          max_if(span.duration, op:search)            | 120
          sum(conversation.cost_estimate_usd)         | 0.022
          sum(cart.item_count)                        | 3
          sum(payment.provider)                       | null
          avg(query.length)                           | 4
          failure_rate()                              | 0.3333333333333333
          failure_rate_if(op:gen_ai.chat)             | 1
          share(performance.slow:true)                | 0.3333333333333333
          epm()                                       | 0.1
          spm()                                       | 0.1
          failure_count()                             | 2
          trace_status_rate(cancelled)                | 0.16666666666666666
          trace_status_rate(unset)                    | 0.3333333333333333
          http_response_rate(5)                       | 0.5
          http_response_rate(2)                       | 0
          cache_miss_rate()                           | null
          """)
  void says(String text, @Nullable Double expected) {
    Aggregate aggregate = AggregateParser.parse(text, NOW);

    assertThat(ReferenceAggregate.figure(aggregate, SPANS, Duration.ofHours(1)))
        .isEqualTo(expected);
  }

  /** Each metric of seed 002 is one query, and one that can be printed. */
  @ParameterizedTest
  @FieldSource("METRICS")
  void metric_isOneQuery(Metric metric) {
    Filter filter = QueryParser.parse(metric.query());

    assertThat(QueryParser.parse(QueryPrinter.print(filter))).isEqualTo(filter);
    assertThat(metric.aggregates())
        .isNotEmpty()
        .allSatisfy(text -> assertThat(AggregateParser.parse(text).label()).isEqualTo(text));
    assertThat(metric.groups())
        .allSatisfy(text -> assertThat(GroupParser.parse(text).label()).isEqualTo(text));
  }

  record Metric(String query, List<String> aggregates, List<String> groups) {}

  static final List<Metric> METRICS =
      Stream.concat(
              SavedQuery.shipped().stream()
                  .map(saved -> new Metric(saved.query(), saved.aggregates(), saved.by())),
              CaseFile.read("metrics.tsv").stream().map(QueryMeaningTest::metric))
          .toList();

  private static Metric metric(Case each) {
    String[] columns = each.expected().split("\t", -1);
    return new Metric(
        each.text(), parts(columns[0]), columns.length < 2 ? List.of() : parts(columns[1]));
  }

  private static List<String> parts(String column) {
    return Stream.of(column.split(";", -1)).map(String::strip).toList();
  }

  private static SpanStatus failed(String message) {
    return SpanStatus.error(message);
  }

  private static SpanData span(
      String name,
      @Nullable String op,
      String start,
      long millis,
      SpanStatus status,
      @Nullable String parent) {
    long nanos = Instant.parse(start).toEpochMilli() * 1_000_000;
    return new SpanData(
        "0000000000000000000000000000000a",
        String.format("%016x", name.hashCode()),
        parent,
        name,
        op,
        nanos,
        millis < 0 ? SpanData.OPEN : nanos + millis * 1_000_000,
        status,
        name.equals("checkout"),
        Attributes.EMPTY,
        List.of());
  }
}
