package io.onlooker.store.reference;

import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Spans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Spans as senders send them: with values of all kinds under one key, sent twice, changed, late,
 * open and ended out of order. Keeps which revision of each counts.
 */
public final class RandomSpans {

  /** Attribute keys, one of which never has a value. */
  public static final List<String> KEYS =
      List.of("plain", "mixed", "list", "count", "flag", "it's \"quoted\"; --", "MIXED", "never");

  static final List<String> OPS = List.of("search", "Search", "gen_ai.chat", "ÉTÉ", "5", "o'p\"");
  static final List<String> NAMES =
      List.of("GET /", "get /", "100%", "under_score", "12", "ünï", "");
  static final List<String> MESSAGES = List.of("boom", "BOOM", "card declined", "3.5", "");
  static final List<String> TEXTS =
      List.of(
          "a",
          "A",
          "b_c",
          "50%",
          "",
          "5",
          "5.0",
          " 5",
          "5 ",
          "1e3",
          "0x10",
          "1_000",
          "+7",
          ".5",
          "7.",
          "Infinity",
          "NaN",
          "true",
          "TRUE",
          "false",
          "null",
          "[1]",
          "\"q\"",
          "back\\slash",
          "a,b",
          "tab\tnewline\n",
          "nul\0",
          "ß Σ İ 𐐀",
          "'; DROP TABLE spans; --",
          "x".repeat(1500),
          "1234567890123456789012345678901234567890",
          "12345678901234567890123456789012345678901");
  static final List<Double> NUMBERS =
      List.of(0.0, 1.0, 5.0, 7.0, 0.5, -2.25, 1000.0, 0.1, 2.5e-5, 1.5e20, 1e16, 123456789.125);

  private final RandomGenerator random;
  private final Map<String, SpanData> counting = new LinkedHashMap<>();
  private int next = 1;

  public RandomSpans(RandomGenerator random) {
    this.random = random;
  }

  /** What counts of all that was given out, each span once. */
  public List<SpanData> counting() {
    return List.copyOf(counting.values());
  }

  /** Some spans to append together: new ones, and some that were there before. */
  public List<SpanData> batch(int size) {
    List<SpanData> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int span = next > 1 && random.nextInt(3) == 0 ? 1 + random.nextInt(next - 1) : next++;
      SpanData made = random.nextInt(10) == 0 ? again(span) : span(span);
      batch.add(made);
      counting.merge(made.spanId(), made, (old, late) -> late.open() && !old.open() ? old : late);
    }
    return batch;
  }

  private SpanData again(int span) {
    SpanData known = counting.get(Spans.span(span));
    return known == null ? span(span) : known;
  }

  private SpanData span(int number) {
    Spans span =
        Spans.of(1 + number % 7, number)
            .name(pick(NAMES))
            .op(random.nextInt(6) == 0 ? null : pick(OPS))
            .startAfter(number * 37L % 5000 * 500)
            .millis(random.nextInt(1, 4000) / 8.0)
            .status(status());
    if (random.nextInt(4) == 0) {
      span.open();
    }
    if (random.nextInt(3) == 0) {
      span.parent(1 + random.nextInt(9));
    }
    if (random.nextInt(3) == 0) {
      span.segment();
    }
    for (String key : KEYS.subList(0, KEYS.size() - 1)) {
      if (random.nextInt(3) > 0) {
        span.with(key, value(key));
      }
    }
    return span.make();
  }

  private SpanStatus status() {
    return switch (random.nextInt(4)) {
      case 0 -> SpanStatus.OK;
      case 1 -> SpanStatus.UNSET;
      default -> SpanStatus.error(random.nextInt(4) == 0 ? null : pick(MESSAGES));
    };
  }

  private Object value(String key) {
    return switch (key) {
      case "plain" -> pick(TEXTS);
      case "count" -> (long) random.nextInt(20);
      case "flag" -> random.nextBoolean();
      case "list" -> random.nextInt(4) == 0 ? scalar() : list(2);
      default -> random.nextInt(12) == 0 ? list(1) : scalar();
    };
  }

  private Object scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextBoolean();
      case 1 -> (long) random.nextInt(10);
      case 2 -> random.nextInt(5) == 0 ? 9_007_199_254_740_993L : -5L;
      case 3 -> pick(NUMBERS);
      default -> pick(TEXTS);
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(depth > 1 && random.nextInt(4) == 0 ? list(depth - 1) : scalar());
    }
    return list;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
