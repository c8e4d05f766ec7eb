package io.onlooker.server.access;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came with each key: when it was used last, and by day (UTC) how much of which category was
 * accepted or dropped. Counted in memory and written every few seconds, so that requests never wait
 * for it; a crash loses those seconds of counts and nothing else. Safe for many threads.
 */
public final class KeyUse implements AutoCloseable {

  /** The outcome of what was kept; all others are reasons for not keeping. */
  public static final String ACCEPTED = "accepted";

  private static final Logger LOG = LoggerFactory.getLogger(KeyUse.class);
  private static final long WRITE_EVERY_SECONDS = 5;

  private final Settings settings;
  private final Clock clock;
  private final Map<Entry, Long> known = new HashMap<>();
  private final Map<Entry, Long> unwritten = new HashMap<>();
  private final Map<Long, Seen> seen = new HashMap<>();
  private final Object writing = new Object();
  private long day;
  private @Nullable ScheduledExecutorService writer;

  /**
   * One line of the account.
   *
   * @param day since 1970-01-01, UTC
   * @param outcome {@link #ACCEPTED}, or the reason for not keeping in lower case
   */
  public record Entry(long key, long day, String category, String outcome) {}

  /**
   * When a key was last of use.
   *
   * @param used when it last opened anything, or null
   * @param accepted when something that came with it was last kept, or null
   */
  public record Seen(@Nullable Instant used, @Nullable Instant accepted) {

    static final Seen NEVER = new Seen(null, null);
  }

  KeyUse(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.day = today();
    known.putAll(settings.use().read(day));
  }

  /** Begins to write regularly; without it only {@link #close} does. */
  synchronized void start() {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("onlooker-key-use").daemon().factory());
    var _ =
        thread.scheduleWithFixedDelay(
            this::tryToWrite, WRITE_EVERY_SECONDS, WRITE_EVERY_SECONDS, TimeUnit.SECONDS);
    writer = thread;
  }

  /** The key opened something. */
  synchronized void used(long key) {
    Seen before = seen.getOrDefault(key, Seen.NEVER);
    seen.put(key, new Seen(clock.instant(), before.accepted()));
  }

  /** Counts items that came with the key. */
  public synchronized void count(long key, String category, String outcome, long quantity) {
    turn();
    Entry entry = new Entry(key, day, category, outcome);
    known.merge(entry, quantity, Long::sum);
    unwritten.merge(entry, quantity, Long::sum);
    if (outcome.equals(ACCEPTED)) {
      seen.put(key, new Seen(clock.instant(), clock.instant()));
    }
  }

  /** How much of a category had this outcome since midnight, UTC. */
  public synchronized long today(long key, String category, String outcome) {
    turn();
    return known.getOrDefault(new Entry(key, day, category, outcome), 0L);
  }

  /** The quantities of one key from a day on, written and unwritten. */
  public Map<Entry, Long> since(long key, LocalDate from) {
    synchronized (writing) {
      Map<Entry, Long> all = new HashMap<>(settings.use().read(from.toEpochDay()));
      synchronized (this) {
        unwritten.forEach((entry, quantity) -> all.merge(entry, quantity, Long::sum));
      }
      all.keySet().removeIf(entry -> entry.key() != key || entry.day() < from.toEpochDay());
      return all;
    }
  }

  public Seen seen(long key) {
    synchronized (writing) {
      Seen written = settings.use().seen(key);
      synchronized (this) {
        Seen here = seen.getOrDefault(key, Seen.NEVER);
        return new Seen(
            here.used() == null ? written.used() : here.used(),
            here.accepted() == null ? written.accepted() : here.accepted());
      }
    }
  }

  /** Writes what is not written yet; what cannot be written stays for the next time. */
  void write() {
    synchronized (writing) {
      Map<Entry, Long> counts;
      Map<Long, Seen> moments;
      synchronized (this) {
        counts = Map.copyOf(unwritten);
        moments = Map.copyOf(seen);
      }
      if (moments.isEmpty() && counts.isEmpty()) {
        return;
      }
      settings.use().add(counts, moments);
      synchronized (this) {
        counts.forEach((entry, quantity) ->
            unwritten.computeIfPresent(
                entry, (_, now) -> now.equals(quantity) ? null : (Long) (now - quantity)));
        moments.forEach(seen::remove);
      }
    }
  }

  @Override
  public void close() {
    List<ScheduledExecutorService> threads = new ArrayList<>();
    synchronized (this) {
      if (writer != null) {
        threads.add(writer);
        writer = null;
      }
    }
    threads.forEach(ScheduledExecutorService::close);
    tryToWrite();
  }

  private void tryToWrite() {
    try {
      write();
    } catch (IllegalStateException e) {
      LOG.warn("use of keys could not be written; tried again soon: {}", e.getMessage());
    }
  }

  private void turn() {
    long now = today();
    if (now != day) {
      day = now;
      known.clear();
      known.putAll(settings.use().read(day));
      unwritten.forEach((entry, quantity) -> known.merge(entry, quantity, Long::sum));
      known.keySet().removeIf(entry -> entry.day() != day);
    }
  }

  private long today() {
    return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }
}
