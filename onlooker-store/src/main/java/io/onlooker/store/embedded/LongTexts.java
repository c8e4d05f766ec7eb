package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Pattern;
import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which of a segment's long texts can change an answer; the others need not be joined. */
record LongTexts(Segment segment) {

  /** What to join. */
  sealed interface Needed {

    /** None: no test that the statement makes of them holds. */
    record None() implements Needed {}

    record All() implements Needed {}

    /**
     * Those that may match one of the patterns.
     *
     * @param required whether a span with another long text is not taken whatever else it has
     */
    record Some(List<Pattern> patterns, boolean required) implements Needed {}
  }

  /** Whether one of the attribute's long texts may pass the test. */
  boolean mayPass(Filter test) {
    return switch (test) {
      case Filter.Matches(Field _, Pattern pattern) -> segment.words().mayMatch(pattern);
      case Filter.Equal(Field _, List<Value> values) -> values.stream().anyMatch(LongTexts::isLong);
      // Numeric text is short.
      case Filter.Compare _ -> false;
      default -> true;
    };
  }

  private static boolean isLong(Value value) {
    return value instanceof Value.Text(String text) && ColumnPlan.isLong(text);
  }

  /**
   * @param filter that all taken spans pass
   * @param fields what the statement does with the attribute besides, complete
   */
  Needed of(String key, Filter filter, FieldSql fields) {
    if (!segment.columns(key).inTexts()) {
      return new Needed.None();
    }
    List<Filter> required = required(filter).filter(test -> isOf(key, test)).toList();
    if (!required.stream().allMatch(this::mayPass)) {
      return new Needed.None();
    }
    List<Pattern> patterns = patterns(required);
    if (!patterns.isEmpty()) {
      return new Needed.Some(List.of(patterns.getFirst()), true);
    }
    List<Filter> tests =
        fields.tests().stream().filter(test -> isOf(key, test)).filter(this::mayPass).toList();
    if (fields.shows(key) || patterns(tests).size() < tests.size()) {
      return new Needed.All();
    }
    return tests.isEmpty() ? new Needed.None() : new Needed.Some(patterns(tests), false);
  }

  private static Stream<Filter> required(Filter filter) {
    return filter instanceof Filter.And(List<Filter> all)
        ? all.stream().flatMap(LongTexts::required)
        : Stream.of(filter);
  }

  private static boolean isOf(String key, Filter test) {
    Field field = field(test);
    return field instanceof Field.Attribute(String named) && named.equals(key);
  }

  private static @Nullable Field field(Filter test) {
    return switch (test) {
      case Filter.Has(Field field) -> field;
      case Filter.Equal(Field field, List<Value> _) -> field;
      case Filter.Compare(Field field, Filter.Comparison _, double _) -> field;
      case Filter.Matches(Field field, Pattern _) -> field;
      case Filter.And _, Filter.Or _, Filter.Not _ -> null;
    };
  }

  private static List<Pattern> patterns(List<Filter> tests) {
    return tests.stream()
        .filter(Filter.Matches.class::isInstance)
        .map(test -> ((Filter.Matches) test).pattern())
        .toList();
  }
}
