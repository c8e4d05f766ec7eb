package io.onlooker.server.read;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One figure of the fleet, beside what it was.
 *
 * <p>It is worse when it rose by more than a quarter over the period before and lies above all that
 * the same time of the last seven days showed; better likewise the other way. A figure of which
 * more is neither, as of the number of sessions, is never judged, nor is one without a past.
 *
 * @param value null when nothing is known
 * @param before in the period before, or null
 * @param low the smallest of the last seven days, or null when none had any
 * @param high the largest of them, or null
 */
public record Reading(
    String name,
    @Nullable Double value,
    @Nullable Double before,
    @Nullable Double low,
    @Nullable Double high,
    Verdict verdict) {

  private static final double QUARTER = 0.25;

  /** What to think of it. */
  public enum Verdict {
    WORSE,
    BETTER,
    USUAL,
    UNJUDGED
  }

  /**
   * The figure with its verdict.
   *
   * @param days what it was on each of the last seven days; null for a day without sessions
   */
  public static Reading of(
      String name,
      @Nullable Double value,
      @Nullable Double before,
      List<@Nullable Double> days,
      boolean judged) {
    Double low = edge(days.stream().filter(Objects::nonNull).mapToDouble(day -> day).min());
    Double high = edge(days.stream().filter(Objects::nonNull).mapToDouble(day -> day).max());
    return new Reading(
        name,
        value,
        before,
        low,
        high,
        judged ? judge(value, before, low, high) : Verdict.UNJUDGED);
  }

  /** Whether a figure is more than a quarter above what it was; without it none is worse. */
  public static boolean isMore(@Nullable Double value, @Nullable Double before) {
    return value != null && before != null && value > before * (1 + QUARTER);
  }

  private static Verdict judge(
      @Nullable Double value,
      @Nullable Double before,
      @Nullable Double low,
      @Nullable Double high) {
    if (value == null || before == null || low == null || high == null) {
      return Verdict.UNJUDGED;
    }
    if (isMore(value, before) && value > high) {
      return Verdict.WORSE;
    }
    return value < before * (1 - QUARTER) && value < low ? Verdict.BETTER : Verdict.USUAL;
  }

  private static @Nullable Double edge(OptionalDouble edge) {
    return edge.isPresent() ? (Double) edge.getAsDouble() : null;
  }
}
