package io.onlooker.store.query;

import io.onlooker.store.Aggregate.Function;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the aggregate functions, and what each is called with. */
final class FunctionTable {

  /** What stands between a function's parentheses. */
  enum Arguments {
    NOTHING,
    /** A field, or nothing for all spans. */
    FIELD_OR_NOTHING,
    FIELD,
    /** A field with numbers, or nothing for the duration. */
    NUMBERS,
    FILTER,
    OP,
    /** The first digit of an HTTP status. */
    HTTP_CLASS,
    STATUS,
    /** Nothing, for what a function says of the one field that it knows. */
    CACHE,
    FAILURES
  }

  record Entry(Function function, Arguments arguments) {

    /** Whether the name may end in {@code _if} and then takes a filter too. */
    boolean takesCondition() {
      return switch (arguments) {
        case NOTHING, FIELD_OR_NOTHING, FIELD, NUMBERS -> true;
        case FILTER, OP, HTTP_CLASS, STATUS, CACHE, FAILURES -> false;
      };
    }
  }

  private static final String CONDITIONAL = "_if";

  /** What other languages, and Sentry's other data sets, call the same. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("average", "avg"),
          Map.entry("mean", "avg"),
          Map.entry("median", "p50"),
          Map.entry("percentile", "p95"),
          Map.entry("quantile", "p95"),
          Map.entry("total", "sum"),
          Map.entry("uniq", "count_unique"),
          Map.entry("unique", "count_unique"),
          Map.entry("count_distinct", "count_unique"),
          Map.entry("error_rate", "failure_rate"),
          Map.entry("error_count", "failure_count"),
          Map.entry("success_rate", "trace_status_rate"),
          Map.entry("tpm", "epm"),
          Map.entry("rpm", "epm"),
          Map.entry("tps", "eps"),
          Map.entry("rps", "eps"));

  private static final Map<String, Entry> BY_NAME = new LinkedHashMap<>();

  static {
    put("count", Function.COUNT, Arguments.FIELD_OR_NOTHING);
    put("estimate", Function.ESTIMATE, Arguments.NOTHING);
    put("count_unique", Function.COUNT_UNIQUE, Arguments.FIELD);
    put("count_op", Function.COUNT, Arguments.OP);
    put("sum", Function.SUM, Arguments.NUMBERS);
    put("avg", Function.AVG, Arguments.NUMBERS);
    put("min", Function.MIN, Arguments.NUMBERS);
    put("max", Function.MAX, Arguments.NUMBERS);
    put("p50", Function.P50, Arguments.NUMBERS);
    put("p75", Function.P75, Arguments.NUMBERS);
    put("p90", Function.P90, Arguments.NUMBERS);
    put("p95", Function.P95, Arguments.NUMBERS);
    put("p99", Function.P99, Arguments.NUMBERS);
    put("p100", Function.P100, Arguments.NUMBERS);
    put("failure_rate", Function.FAILURE_RATE, Arguments.NOTHING);
    put("share", Function.SHARE, Arguments.FILTER);
    put("failure_count", Function.COUNT, Arguments.FAILURES);
    put("trace_status_rate", Function.SHARE, Arguments.STATUS);
    put("http_response_rate", Function.SHARE, Arguments.HTTP_CLASS);
    put("cache_miss_rate", Function.SHARE, Arguments.CACHE);
    put("epm", Function.PER_MINUTE, Arguments.NOTHING);
    put("per_minute", Function.PER_MINUTE, Arguments.NOTHING);
    put("spm", Function.PER_MINUTE, Arguments.NOTHING);
    put("eps", Function.PER_SECOND, Arguments.NOTHING);
    put("per_second", Function.PER_SECOND, Arguments.NOTHING);
  }

  private FunctionTable() {}

  /** The function of this name, with {@code _if} or without, or null. */
  static @Nullable Entry find(String name) {
    Entry entry = BY_NAME.get(withoutCondition(name));
    return entry == null || (isConditional(name) && !entry.takesCondition()) ? null : entry;
  }

  static boolean isConditional(String name) {
    return name.endsWith(CONDITIONAL);
  }

  /** The function that somebody meant by a name that is none, or null. */
  static @Nullable String meant(String name) {
    String word = MEANT.get(name);
    return word == null ? Spelling.closest(name, BY_NAME.keySet()) : word;
  }

  static Collection<String> names() {
    return BY_NAME.keySet();
  }

  private static String withoutCondition(String name) {
    return isConditional(name) ? name.substring(0, name.length() - CONDITIONAL.length()) : name;
  }

  private static void put(String name, Function function, Arguments arguments) {
    BY_NAME.put(name, new Entry(function, arguments));
  }
}
