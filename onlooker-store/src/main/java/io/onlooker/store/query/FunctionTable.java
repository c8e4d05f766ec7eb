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
    OP
  }

  record Entry(Function function, Arguments arguments) {

    /** Whether the name may end in {@code _if} and then takes a filter too. */
    boolean takesCondition() {
      return arguments != Arguments.FILTER && arguments != Arguments.OP;
    }
  }

  private static final String CONDITIONAL = "_if";

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
    put("epm", Function.PER_MINUTE, Arguments.NOTHING);
    put("per_minute", Function.PER_MINUTE, Arguments.NOTHING);
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
