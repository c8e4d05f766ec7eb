package io.onlooker.server.cost;

import static io.onlooker.server.cost.TokenUsage.orZero;

import io.onlooker.server.cost.TokenUsage.Counting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Usage split into parts that do not overlap, each with the meter that bills it.
 *
 * @param totalInput all input tokens, cached and written ones included: what tiers compare
 * @param totalOutput all output tokens, reasoning included
 * @param flags what the report contradicted, in words
 */
record MeteredUsage(
    Map<Meter, Long> tokens, long totalInput, long totalOutput, List<String> flags) {

  static MeteredUsage of(TokenUsage usage, boolean reasoningHasOwnPrice) {
    List<String> flags = new ArrayList<>();
    Map<Meter, Long> tokens = new EnumMap<>(Meter.class);
    long totalInput = input(usage, tokens, flags);
    long totalOutput = output(usage, reasoningHasOwnPrice, tokens, flags);
    if (usage.inputTokens() == null || usage.outputTokens() == null) {
      flags.add(usage.inputTokens() == null ? "input tokens unknown" : "output tokens unknown");
    }
    return new MeteredUsage(tokens, totalInput, totalOutput, flags);
  }

  private static long input(TokenUsage usage, Map<Meter, Long> tokens, List<String> flags) {
    long input = orZero(usage.inputTokens());
    long cached = orZero(usage.cachedInputTokens());
    long written = usage.cacheWrites().total();
    boolean inclusive = inputIsInclusive(usage, cached + written, flags);
    long audio = orZero(usage.audioInputTokens());
    tokens.put(Meter.INPUT, Math.max(0, (inclusive ? input - cached - written : input) - audio));
    tokens.put(Meter.CACHED_INPUT, cached);
    tokens.put(Meter.CACHE_WRITE, orZero(usage.cacheWrites().untimed()));
    tokens.put(Meter.CACHE_WRITE_5M, orZero(usage.cacheWrites().fiveMinutes()));
    tokens.put(Meter.CACHE_WRITE_1H, orZero(usage.cacheWrites().oneHour()));
    tokens.put(Meter.CACHE_WRITE_12H, orZero(usage.cacheWrites().twelveHours()));
    tokens.put(Meter.AUDIO_INPUT, audio);
    return inclusive ? input : input + cached + written;
  }

  private static boolean inputIsInclusive(TokenUsage usage, long parts, List<String> flags) {
    if (usage.input() == Counting.EXCLUSIVE) {
      return false;
    }
    long input = orZero(usage.inputTokens());
    if (parts > input) {
      if (usage.input() == Counting.INCLUSIVE) {
        flags.add("more cached and written tokens than input: taken as reported beside it");
      }
      return false;
    }
    boolean provenExclusive =
        usage.input() == Counting.UNKNOWN
            && usage.totalTokens() != null
            && parts > 0
            && usage.totalTokens() == input + parts + orZero(usage.outputTokens());
    return !provenExclusive;
  }

  private static long output(
      TokenUsage usage, boolean reasoningHasOwnPrice, Map<Meter, Long> tokens, List<String> flags) {
    long output = orZero(usage.outputTokens());
    long reasoning = orZero(usage.reasoningTokens());
    boolean inside = usage.output() != Counting.EXCLUSIVE && reasoning <= output;
    if (usage.output() == Counting.INCLUSIVE && !inside) {
      flags.add("more reasoning tokens than output: taken as reported beside it");
    }
    long audio = orZero(usage.audioOutputTokens());
    long all = Math.max(0, (inside ? output : output + reasoning) - audio);
    long apart = reasoningHasOwnPrice ? Math.min(reasoning, all) : 0;
    tokens.put(Meter.OUTPUT, all - apart);
    tokens.put(Meter.REASONING, apart);
    tokens.put(Meter.AUDIO_OUTPUT, audio);
    return inside ? output : output + reasoning;
  }
}
