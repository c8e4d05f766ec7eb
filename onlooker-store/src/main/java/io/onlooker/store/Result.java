package io.onlooker.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query: one for each group, its group values first, its figures behind them.
 *
 * @param rows values are null, {@link String}, {@link Boolean}, {@link Long} or {@link Double}; a
 *     fraction without a fractional part groups as the whole number
 * @param series for a query with a step, one for each row, in the same order; else empty
 * @param leftOut what the rows do not show, in sentences for a person; empty when nothing
 * @param other the groups that the rows do not show, for a query that asks for them; null when
 *     there are none
 */
public record Result(
    List<Column> columns,
    List<List<@Nullable Object>> rows,
    List<Series> series,
    List<String> leftOut,
    @Nullable Other other) {

  /** Without other groups. */
  public Result(
      List<Column> columns,
      List<List<@Nullable Object>> rows,
      List<Series> series,
      List<String> leftOut) {
    this(columns, rows, series, leftOut, null);
  }

  public record Column(String name, Type type) {}

  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    TIME
  }

  /** The figures of one group, step by step; a step without spans is missing. */
  public record Series(List<@Nullable Object> group, List<Point> points) {}

  /** The figures of one step, in the order of the query's aggregates. */
  public record Point(Instant start, List<@Nullable Object> values) {}

  /**
   * All groups together that the rows do not show: a span that is in several of them counts in
   * each, as it would in their rows.
   *
   * @param groups how many there are
   * @param figures in the order of the query's aggregates
   * @param points with a step, the figures step by step; a step without spans is missing
   */
  public record Other(long groups, List<@Nullable Object> figures, List<Point> points) {}
}
