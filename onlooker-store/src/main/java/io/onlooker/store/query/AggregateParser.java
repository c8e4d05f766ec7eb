package io.onlooker.store.query;

import io.onlooker.store.Aggregate;
import java.time.Instant;

/**
 * Reads an aggregate.
 *
 * <pre>{@code
 * aggregate = "count" "(" [ field ] ")"
 *           | "count_unique" "(" field ")"
 *           | "count_op" "(" op ")"
 *           | "share" "(" condition ")"
 *           | "trace_status_rate" "(" status ")"
 *           | "http_response_rate" "(" ( "1" | "2" | "3" | "4" | "5" ) ")"
 *           | ( "cache_miss_rate" | "failure_count" ) "(" ")"
 *           | ( "failure_rate" | "epm" | "spm" | "per_minute" | "eps" | "per_second" ) "(" ")"
 *           | number-function "(" [ field ] ")"
 *           | "count_if" "(" condition ")"
 *           | ( "failure_rate_if" | "epm_if" | "eps_if" | … ) "(" condition ")"
 *           | ( "count_unique_if" | number-function "_if" ) "(" field "," condition ")"
 * number-function = "sum" | "avg" | "min" | "max" | "p50" | "p75" | "p90" | "p95" | "p99" | "p100"
 * condition = a query, see QueryParser, in which a term may also read
 *             field ( "=" | "!=" | ">" | … ) value    or, as Sentry writes it,
 *             field "," ( "equals" | "notEquals" | "less" | "lessOrEquals"
 *                       | "greater" | "greaterOrEquals" ) "," value
 * }</pre>
 *
 * <p>A number function without a field is over the duration. {@code count(field)} counts the spans
 * that have the field; {@code share(condition)} is the share of the spans that match it.
 */
public final class AggregateParser {

  private AggregateParser() {}

  /**
   * Reads one aggregate; its label is the text without the spaces around it.
   *
   * @throws QueryException when the text is none
   */
  public static Aggregate parse(String text) {
    return parse(text, Instant.now());
  }

  /**
   * The same.
   *
   * @param now what a relative time in a condition counts back from
   * @throws QueryException when the text is none
   */
  public static Aggregate parse(String text, Instant now) {
    QueryReader reader = new QueryReader(text.strip());
    Aggregate aggregate = new AggregateReader(reader, now).read().aggregate();
    reader.requireEnd();
    return aggregate;
  }
}
