package io.onlooker.store.reference;

import static java.util.Objects.requireNonNull;

import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes {@link Aggregate}s and {@link Group}s over spans in memory, to their Javadoc's letter.
 */
public final class ReferenceAggregate {

  private ReferenceAggregate() {}

  /**
   * The figure over these spans, or null where there is none; counts as a double.
   *
   * @param range the length of the asked range of time, for the rates
   */
  public static @Nullable Double figure(Aggregate aggregate, List<SpanData> all, Duration range) {
    Filter condition = aggregate.condition();
    List<SpanData> spans = condition == null ? all : ReferenceQuery.find(condition, all);
    return switch (aggregate.function()) {
      case COUNT -> (double) spans.size();
      case ESTIMATE -> spans.stream().mapToDouble(ReferenceAggregate::weight).sum();
      case COUNT_UNIQUE ->
          (double)
              spans.stream()
                  .flatMap(span -> FieldValues.of(field(aggregate), span).stream())
                  .distinct()
                  .count();
      case FAILURE_RATE -> share(failed(spans), spans.size());
      case SHARE -> shareOfWhole(aggregate.field(), spans, all);
      case PER_MINUTE -> spans.size() / (range.toMillis() / 60_000.0);
      case PER_SECOND -> spans.size() / (range.toMillis() / 1_000.0);
      case SUM, AVG, MIN, MAX, P50, P75, P90, P95, P99, P100 -> ofNumbers(aggregate, spans);
    };
  }

  private static @Nullable Double shareOfWhole(
      @Nullable Field field, List<SpanData> matching, List<SpanData> all) {
    if (field == null) {
      return share(matching.size(), all.size());
    }
    Filter has = new Filter.Has(field);
    return share(ReferenceQuery.find(has, matching).size(), ReferenceQuery.find(has, all).size());
  }

  /** The spans of each group, by its values, in order of first sight. */
  public static Map<List<@Nullable Object>, List<SpanData>> groups(
      List<Group> by, List<SpanData> spans) {
    Map<List<@Nullable Object>, List<SpanData>> groups = new LinkedHashMap<>();
    for (SpanData span : spans) {
      List<List<@Nullable Object>> keys = List.of(List.of());
      for (Group group : by) {
        keys = combined(keys, values(group, span));
      }
      keys.forEach(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(span));
    }
    return groups;
  }

  private static List<List<@Nullable Object>> combined(
      List<List<@Nullable Object>> keys, Set<@Nullable Object> values) {
    List<List<@Nullable Object>> combined = new ArrayList<>();
    for (List<@Nullable Object> key : keys) {
      for (Object value : values) {
        List<@Nullable Object> longer = new ArrayList<>(key);
        longer.add(value);
        combined.add(longer);
      }
    }
    return combined;
  }

  private static Set<@Nullable Object> values(Group group, SpanData span) {
    Set<@Nullable Object> values = new LinkedHashSet<>();
    Double width = group.bucketWidth();
    if (width == null) {
      values.addAll(FieldValues.of(group.field(), span));
    } else {
      for (double number : FieldValues.numbers(group.field(), span)) {
        values.add(Math.floor(number / width) * width + 0.0);
      }
    }
    if (values.isEmpty()) {
      values.add(null);
    }
    return values;
  }

  private static @Nullable Double ofNumbers(Aggregate aggregate, List<SpanData> spans) {
    double[] numbers =
        spans.stream()
            .flatMap(span -> FieldValues.numbers(field(aggregate), span).stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (numbers.length == 0) {
      return null;
    }
    return switch (aggregate.function()) {
      case SUM -> sum(numbers);
      case AVG -> sum(numbers) / numbers.length;
      case MIN -> numbers[0];
      case P50 -> quantile(0.5, numbers);
      case P75 -> quantile(0.75, numbers);
      case P90 -> quantile(0.9, numbers);
      case P95 -> quantile(0.95, numbers);
      case P99 -> quantile(0.99, numbers);
      case MAX, P100 -> numbers[numbers.length - 1];
      default ->
          throw new IllegalArgumentException(aggregate.function() + " (expected: of numbers)");
    };
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static double quantile(double part, double[] sorted) {
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }

  private static double weight(SpanData span) {
    Field weight = new Field.Attribute(Aggregate.SAMPLE_WEIGHT);
    boolean list = span.attributes().get(Aggregate.SAMPLE_WEIGHT) instanceof List<?>;
    List<Double> numbers = list ? List.of() : List.copyOf(FieldValues.numbers(weight, span));
    return numbers.isEmpty() ? 1 : numbers.getFirst();
  }

  private static long failed(List<SpanData> spans) {
    return spans.stream().filter(span -> span.status().code() == SpanStatus.Code.ERROR).count();
  }

  private static Field field(Aggregate aggregate) {
    return requireNonNull(aggregate.field(), aggregate.label());
  }
}
