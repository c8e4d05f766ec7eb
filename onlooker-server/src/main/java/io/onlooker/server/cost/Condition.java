package io.onlooker.server.cost;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** When a tier's prices hold. */
sealed interface Condition {

  boolean holds(ModelCall call, long totalInput);

  /** More input tokens than this, cached ones included; exactly as many is not more. */
  record InputAbove(long tokens) implements Condition {
    @Override
    public boolean holds(ModelCall call, long totalInput) {
      return totalInput > tokens;
    }
  }

  /** The call asked for this service tier. */
  record ServiceTier(String name) implements Condition {
    @Override
    public boolean holds(ModelCall call, long totalInput) {
      return name.equals(call.billedTier());
    }
  }

  /** The call asked for this speed. */
  record Speed(String name) implements Condition {
    @Override
    public boolean holds(ModelCall call, long totalInput) {
      return name.equals(call.speed());
    }
  }

  /** The call fell into these hours of a working day, in UTC. */
  record WeekdayHours(List<Span> spans) implements Condition {
    /** From its start, up to but not including its end. */
    record Span(LocalTime from, LocalTime to) {
      boolean holds(LocalTime time) {
        return !time.isBefore(from) && time.isBefore(to);
      }
    }

    @Override
    public boolean holds(ModelCall call, long totalInput) {
      OffsetDateTime at = call.at().atOffset(ZoneOffset.UTC);
      boolean weekend = at.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
      return !weekend && spans.stream().anyMatch(span -> span.holds(at.toLocalTime()));
    }
  }

  /**
   * Reads one condition of a price file.
   *
   * @throws IllegalArgumentException for a condition this version does not know
   */
  static Condition parse(String text) {
    if (text.startsWith("input_tokens>")) {
      return new InputAbove(Long.parseLong(text.substring("input_tokens>".length())));
    }
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = text.substring(equals + 1);
    return switch (name) {
      case "service_tier" -> new ServiceTier(value);
      case "speed" -> new Speed(value);
      case "utc_weekday_hours" ->
          new WeekdayHours(Arrays.stream(value.split(",", -1)).map(Condition::span).toList());
      default ->
          throw new IllegalArgumentException(
              "tier condition: "
                  + text
                  + " (expected: input_tokens>N, service_tier=, speed= or utc_weekday_hours=)");
    };
  }

  private static WeekdayHours.Span span(String text) {
    String[] ends = text.split("-", -1);
    return new WeekdayHours.Span(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
  }
}
