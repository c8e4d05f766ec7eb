package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the attributes of a span in memory whether a filter can take it. What it cannot need
 * not be written into the engine's columns, which costs more than the question itself.
 */
final class HotChoice {

  private HotChoice() {}

  /** Tests one span. */
  interface Test {
    boolean mayMatch(HotSpan span);
  }

  static Test of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> {
        List<Test> tests = all.stream().map(HotChoice::of).toList();
        yield span -> tests.stream().allMatch(test -> test.mayMatch(span));
      }
      case Filter.Or(List<Filter> any) -> {
        List<Test> tests = any.stream().map(HotChoice::of).toList();
        yield span -> tests.stream().anyMatch(test -> test.mayMatch(span));
      }
      case Filter.Not _ -> _ -> true;
      case Filter.Has(Field field) -> has(field);
      case Filter.Equal(Field.Attribute(String key), List<Value> values)
          when values.stream().allMatch(Value.Text.class::isInstance) ->
          equal(key, values);
      case Filter.Equal(Field field, List<Value> _) -> has(field);
      case Filter.Compare(Field field, _, _) -> has(field);
      case Filter.Matches(Field field, _) -> has(field);
    };
  }

  private static Test has(Field field) {
    return switch (field) {
      case Field.Column _ -> _ -> true;
      case Field.Attribute(String key) -> span -> value(span, key) != null;
    };
  }

  /** A value that is no text may be a list of some. */
  private static Test equal(String key, List<Value> values) {
    Set<String> texts = new HashSet<>();
    for (Value value : values) {
      if (value instanceof Value.Text(String text)) {
        texts.add(text);
      }
    }
    return span -> {
      Object value = value(span, key);
      return value instanceof String text ? texts.contains(text) : value != null;
    };
  }

  private static @Nullable Object value(HotSpan span, String key) {
    return span.data().attributes().get(key);
  }
}
