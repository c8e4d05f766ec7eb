package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.util.List;

/** Tokens, summed over model calls. Not thread-safe. */
final class Usage {

  private static final List<String> PARTS =
      List.of(
          GenAi.USAGE_INPUT_TOKENS,
          GenAi.USAGE_OUTPUT_TOKENS,
          GenAi.USAGE_TOTAL_TOKENS,
          GenAi.USAGE_CACHE_READ,
          GenAi.USAGE_CACHE_CREATION,
          GenAi.USAGE_REASONING);

  /** The same in the words of Sentrial's events; the last three are ours. */
  private static final List<String> WORDS =
      List.of("prompt", "completion", "total", "cached", "cacheWrite", "reasoning");

  private static final int TOTAL = PARTS.indexOf(GenAi.USAGE_TOTAL_TOKENS);

  private final long[] sums = new long[PARTS.size()];

  static boolean in(Attributes attributes) {
    return PARTS.stream().anyMatch(part -> attributes.number(part) != null);
  }

  static Usage of(Attributes attributes) {
    Usage usage = new Usage();
    for (int i = 0; i < PARTS.size(); i++) {
      Double tokens = attributes.number(PARTS.get(i));
      usage.sums[i] = tokens == null ? 0 : tokens.longValue();
    }
    if (usage.sums[TOTAL] == 0) {
      usage.sums[TOTAL] = usage.sums[0] + usage.sums[1];
    }
    return usage;
  }

  void add(Usage more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more.sums[i];
    }
  }

  /** Puts every sum that is more than nothing and was not given already. */
  void writeTo(Attributes.Builder attributes) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] > 0) {
        attributes.putIfAbsent(PARTS.get(i), sums[i]);
      }
    }
  }

  long input() {
    return sums[0];
  }

  long output() {
    return sums[1];
  }

  long total() {
    return sums[TOTAL];
  }

  /** Writes {@code "prompt":…,"completion":…,"total":…} and which of them were special. */
  JsonWriter writeTo(JsonWriter json) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] > 0 || i <= TOTAL) {
        json.name(WORDS.get(i)).value(sums[i]);
      }
    }
    return json;
  }
}
