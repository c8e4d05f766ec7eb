package io.onlooker.export;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long Sentry wants no more of which category ({@code X-Sentry-Rate-Limits}, {@code
 * Retry-After}). Safe for many threads.
 */
final class RateLimits {

  private static final String ALL = "";
  private static final long DEFAULT_SECONDS = 60;
  private static final long MOST_SECONDS = 24 * 60 * 60;

  private final Map<String, Long> untilNanos = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  RateLimits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean limited(Category category) {
    // A transaction brings its spans with it, so a limit on spans holds it back as well.
    boolean named = category != Category.REPORT && active(category.wire);
    boolean spans = category == Category.TRANSACTION && active(Category.SPAN.wire);
    return named || spans || active(ALL);
  }

  /** {@code seconds:category;category:scope:…, …}; no category means all of them. */
  void apply(String header) {
    for (String limit : header.split(",", -1)) {
      String[] fields = limit.strip().split(":", -1);
      long seconds = seconds(fields[0]);
      for (String category : (fields.length > 1 ? fields[1] : ALL).split(";", -1)) {
        limit(category.strip(), seconds);
      }
    }
  }

  /** A 429 that named no category: nothing may be sent for a while. */
  void applyToAll(@Nullable String retryAfter) {
    limit(ALL, retryAfter == null ? DEFAULT_SECONDS : seconds(retryAfter));
  }

  private boolean active(String category) {
    Long until = untilNanos.get(category);
    return until != null && until - nanoTime.getAsLong() > 0;
  }

  private void limit(String category, long seconds) {
    long until = nanoTime.getAsLong() + seconds * 1_000_000_000L;
    // A shorter limit that comes later does not lift a longer one.
    untilNanos.merge(category, until, (old, fresh) -> old - fresh > 0 ? old : fresh);
  }

  /** A wait between two tries, as asked for in {@code Retry-After}: a minute at most. */
  static Duration pause(String retryAfter) {
    return Duration.ofSeconds(Math.min(DEFAULT_SECONDS, seconds(retryAfter)));
  }

  /** Whole or broken seconds; anything else counts as the default. */
  static long seconds(String text) {
    try {
      double seconds = Double.parseDouble(text.strip());
      return Math.min(MOST_SECONDS, Math.max(0, (long) Math.ceil(seconds)));
    } catch (NumberFormatException e) {
      return DEFAULT_SECONDS;
    }
  }
}
