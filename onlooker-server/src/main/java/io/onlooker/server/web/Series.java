package io.onlooker.server.web;

import io.onlooker.store.Result;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over time, one for each step of an axis.
 *
 * @param css its colour
 * @param values {@code NaN} where there is none, which is a gap and not zero
 */
record Series(String name, String css, List<Double> values) {

  Series {
    values = List.copyOf(values);
  }

  /**
   * One column of a result's points.
   *
   * @param missing what a step without spans stands for: 0 for a count, {@code NaN} for the rest
   */
  static Series of(
      String name, String css, TimeAxis axis, Result.Series points, int column, double missing) {
    Double[] values = new Double[axis.steps()];
    Arrays.fill(values, missing);
    for (Result.Point point : points.points()) {
      int at = axis.index(point.start());
      Double value = number(point.values().get(column));
      if (at >= 0 && at < values.length && value != null) {
        values[at] = value;
      }
    }
    return new Series(name, css, List.of(values));
  }

  static @Nullable Double number(@Nullable Object value) {
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }

  /** What is left when the steps of another are taken off. */
  Series less(Series other) {
    Double[] left = new Double[values.size()];
    Arrays.setAll(left, step -> values.get(step) - other.values.get(step));
    return new Series(name, css, List.of(left));
  }

  double most() {
    return values.stream()
        .filter(value -> !value.isNaN())
        .mapToDouble(value -> value)
        .max()
        .orElse(0);
  }

  /** The last step's figure that is known, or null when none is. */
  @Nullable Double last() {
    for (int i = values.size() - 1; i >= 0; i--) {
      if (!values.get(i).isNaN()) {
        return values.get(i);
      }
    }
    return null;
  }
}
