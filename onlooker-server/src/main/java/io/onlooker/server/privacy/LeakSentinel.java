package io.onlooker.server.privacy;

import io.onlooker.redact.Finding;
import io.onlooker.redact.RedactionRules;
import io.onlooker.redact.Redactor;
import io.onlooker.store.Batch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into a sample of what arrives for personal data that should not have left the application,
 * by the project's own rules. Counts it; never keeps or logs a text.
 *
 * <p>Looks beside the ingest, on a thread of its own that rests most of the time. What it has no
 * time for is not looked at, and counted as that.
 */
public final class LeakSentinel implements Consumer<Batch>, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeakSentinel.class);

  private static final int WAITING = 64;

  /** After a look it rests this many times as long: a twentieth of one core at most. */
  private static final int REST = 19;

  private static final long RULES_AGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PiiPolicies policies;
  private final Counter counter;
  private final BlockingQueue<TextSample> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Map<Integer, Counts> counts = new ConcurrentHashMap<>();
  private final Map<Integer, Rules> rules = new HashMap<>();
  private final Thread thread;

  /** One line is enough; the counter has the rest. */
  private boolean warned;

  /** Where the server counts: a name, how many, and labels. */
  @FunctionalInterface
  public interface Counter {
    void add(String name, long count, String... labels);
  }

  private record Rules(@Nullable Redactor redactor, String version, long readAt) {}

  private static final class Counts {
    private final LongAdder scanned = new LongAdder();
    private final Map<String, LongAdder> kinds = new ConcurrentHashMap<>();
  }

  public LeakSentinel(PiiPolicies policies, Counter counter) {
    this.policies = policies;
    this.counter = counter;
    thread = Thread.ofPlatform().name("onlooker-leaks").daemon().unstarted(this::watch);
    thread.start();
  }

  /** Remembers to look into some of the batch; returns at once. */
  @Override
  public void accept(Batch batch) {
    if (waiting.remainingCapacity() == 0 || !waiting.offer(TextSample.of(batch))) {
      counter.add("onlooker_pii_unscanned_batches_total", 1);
    }
  }

  /** How many findings of each kind there were since the start. */
  public Map<String, Long> leaks(int project) {
    Map<String, Long> leaks = new TreeMap<>();
    counts(project).kinds.forEach((kind, count) -> leaks.put(kind, count.sum()));
    return leaks;
  }

  /** How many texts were looked into since the start. */
  public long scanned(int project) {
    return counts(project).scanned.sum();
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TextSample sample = waiting.take();
        long start = System.nanoTime();
        look(sample);
        Thread.sleep(Duration.ofNanos((System.nanoTime() - start) * REST));
      }
    } catch (InterruptedException _) {
      // The server is closing.
    }
  }

  private void look(TextSample sample) {
    try {
      Redactor redactor = redactor(sample.project());
      if (redactor != null) {
        sample.texts().forEach(text -> look(sample.project(), redactor, text));
      }
    } catch (RuntimeException e) {
      counter.add("onlooker_pii_scan_failures_total", 1);
      if (!warned) {
        warned = true;
        log.warn("A sample could not be looked into for leaks: {}", e.getClass().getName());
      }
    }
  }

  private void look(int project, Redactor redactor, String text) {
    Counts ours = counts(project);
    for (Finding finding : redactor.redact(text).findings()) {
      counter.add(
          "onlooker_pii_leaks_total",
          1,
          "project",
          Integer.toString(project),
          "kind",
          finding.kind());
      ours.kinds.computeIfAbsent(finding.kind(), _ -> new LongAdder()).increment();
    }
    ours.scanned.increment();
    counter.add("onlooker_pii_scanned_total", 1, "project", Integer.toString(project));
  }

  /** Null for a project that has switched redaction off: there nothing leaks. */
  private @Nullable Redactor redactor(int project) {
    Rules known = rules.get(project);
    if (known == null || System.nanoTime() - known.readAt() > RULES_AGE_NANOS) {
      known = read(project, known);
      rules.put(project, known);
    }
    return known.redactor();
  }

  private Rules read(int project, @Nullable Rules before) {
    PiiPolicy policy = policies.of(project);
    long now = System.nanoTime();
    if (before != null && before.version().equals(policy.version())) {
      return new Rules(before.redactor(), before.version(), now);
    }
    RedactionRules rules = policy.rules();
    return new Rules(policy.enabled() ? Redactor.of(rules) : null, policy.version(), now);
  }

  private Counts counts(int project) {
    return counts.computeIfAbsent(project, _ -> new Counts());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
