package io.onlooker.server.quota;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import io.onlooker.server.quota.Verdict.Exhausted;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets requests pass as far as their keys' limits allow. A request passes when anything is left of
 * a limit and is then taken whole, also when it is larger than what is left; what it took too much
 * is missing afterwards. So the average holds, and a large request is never refused for ever. Safe
 * for many threads.
 */
public final class Quotas {

  /** No longer than this is a client told to wait: limits may be changed meanwhile. */
  private static final long LONGEST_WAIT_SECONDS = 3600;

  private final KeyUse use;
  private final Clock clock;
  private final TimeMeter time;
  private final Map<Key, Gauge> gauges = new ConcurrentHashMap<>();

  /** The limits of one key, each with its bucket; of a key whose limits were changed it is gone. */
  private record Gauge(List<Metered> limits) {}

  private record Metered(Limit limit, Bucket bucket) {}

  /**
   * @param use holds what was accepted today
   * @param clock tells the day
   * @param nanoTime of a clock that only runs forward, as {@link System#nanoTime}
   */
  public Quotas(KeyUse use, Clock clock, LongSupplier nanoTime) {
    this.use = use;
    this.clock = clock;
    this.time = new MonotonicTime(nanoTime);
  }

  /**
   * Decides, and takes what passes.
   *
   * @param quantities what the request holds
   */
  public Verdict admit(Key key, Map<Category, Long> quantities) {
    if (key.limits().isEmpty()) {
      return Verdict.FREE;
    }
    Gauge gauge = gauge(key);
    Set<Category> refused = EnumSet.noneOf(Category.class);
    for (Metered metered : gauge.limits()) {
      if (isUsedUp(key, metered)) {
        quantities.keySet().stream().filter(metered.limit()::covers).forEach(refused::add);
      }
    }
    for (Metered metered : gauge.limits()) {
      long passing = amount(metered.limit(), quantities, refused);
      if (passing > 0 && metered.limit().per() != Limit.Per.DAY) {
        metered.bucket().consumeIgnoringRateLimits(passing);
      }
    }
    return new Verdict(refused, exhausted(key, gauge, quantities, refused));
  }

  /** Takes back what {@link #admit} let pass, since it could not be kept. */
  public void giveBack(Key key, Map<Category, Long> quantities, Verdict verdict) {
    for (Metered metered : gauge(key).limits()) {
      long passed = amount(metered.limit(), quantities, verdict.refused());
      if (passed > 0 && metered.limit().per() != Limit.Per.DAY) {
        metered.bucket().addTokens(passed);
      }
    }
  }

  private Gauge gauge(Key key) {
    Gauge known = gauges.get(key);
    if (known != null) {
      return known;
    }
    gauges.keySet().removeIf(other -> other.id() == key.id());
    List<Metered> limits = new ArrayList<>();
    for (Limit limit : KeyLimits.parse(key.limits()).all()) {
      limits.add(new Metered(limit, bucket(limit)));
    }
    gauges.putIfAbsent(key, new Gauge(limits));
    return gauges.getOrDefault(key, new Gauge(limits));
  }

  private Bucket bucket(Limit limit) {
    long amount = Math.max(1, limit.amount());
    Duration window = Duration.ofNanos(limit.per().nanos());
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(amount).refillGreedy(amount, window))
        .withCustomTimePrecision(time)
        .build();
  }

  private boolean isUsedUp(Key key, Metered metered) {
    Limit limit = metered.limit();
    return limit.amount() == 0
        || (limit.per() == Limit.Per.DAY
            ? left(key, limit) <= 0
            : metered.bucket().getAvailableTokens() < 1);
  }

  private long left(Key key, Limit limit) {
    if (limit.category() != null) {
      return limit.amount() - taken(key, limit.category());
    }
    long used = 0;
    for (Category category : Category.values()) {
      // Transactions are counted among the spans as well.
      used += category == Category.TRANSACTION ? 0 : taken(key, category);
    }
    return limit.amount() - used;
  }

  /** Kinds that are never kept count as well: they were taken in. */
  private long taken(Key key, Category category) {
    return use.today(key.id(), category.label(), KeyUse.ACCEPTED)
        + use.today(key.id(), category.label(), "not_kept");
  }

  private static long amount(Limit limit, Map<Category, Long> quantities, Set<Category> refused) {
    long amount = 0;
    for (Map.Entry<Category, Long> entry : quantities.entrySet()) {
      boolean counts =
          limit.category() == null
              ? entry.getKey() != Category.TRANSACTION
              : limit.category() == entry.getKey();
      amount += counts && !refused.contains(entry.getKey()) ? entry.getValue() : 0;
    }
    return amount;
  }

  private List<Exhausted> exhausted(
      Key key, Gauge gauge, Map<Category, Long> quantities, Set<Category> refused) {
    List<Exhausted> exhausted = new ArrayList<>();
    for (Metered metered : gauge.limits()) {
      Limit limit = metered.limit();
      boolean daily = limit.per() == Limit.Per.DAY && limit.amount() > 0;
      boolean over = daily && left(key, limit) <= amount(limit, quantities, refused);
      if (over || isUsedUp(key, metered)) {
        exhausted.add(new Exhausted(limit, wait(metered)));
      }
    }
    return exhausted;
  }

  private long wait(Metered metered) {
    long nanos = metered.limit().per() == Limit.Per.DAY ? untilMidnight() : untilOne(metered);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    return Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS);
  }

  private static long untilOne(Metered metered) {
    return metered.bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  private long untilMidnight() {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    var midnight = now.toLocalDate().plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    return Duration.between(now, midnight).toNanos();
  }

  private record MonotonicTime(LongSupplier nanoTime) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
