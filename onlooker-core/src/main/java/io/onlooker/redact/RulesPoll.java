package io.onlooker.redact;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for rules again and again on a daemon thread of its own. Safe for many threads. */
final class RulesPoll implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.onlooker");

  /** The first rules are missed more than later changes: asked for sooner while there are none. */
  private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RulesRequest request;
  private final long everyNanos;
  private final Consumer<RedactionRules> follow;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable String failure;
  private boolean known;
  private @Nullable String said;

  RulesPoll(RulesRequest request, Duration every, Consumer<RedactionRules> follow) {
    this.request = request;
    this.everyNanos = every.toNanos();
    this.follow = follow;
  }

  void start() {
    if (!started.get() && started.compareAndSet(false, true) && closed.getCount() > 0) {
      Thread thread = new Thread(this::run, "onlooker-rules");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Nullable String lastFailure() {
    return failure;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      int misses = 0;
      do {
        misses = ask() ? 0 : misses + 1;
      } while (!closed.await(waitNanos(misses), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      // Whoever interrupts this thread wants it to end.
    }
  }

  private boolean ask() throws InterruptedException {
    try {
      ServerRulesJson.Answer answer = request.ask();
      if (answer != null && closed.getCount() > 0) {
        follow(answer);
      }
      failure = null;
      said = null;
      return true;
    } catch (RulesRequest.Refusal | RuntimeException e) {
      missed(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void follow(ServerRulesJson.Answer answer) {
    follow.accept(answer.rules());
    known = true;
    if (!answer.unknownKinds().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "redaction rules: kinds that this version does not find: " + answer.unknownKinds());
    }
  }

  private void missed(String reason) {
    String text = "redaction rules: " + request.place() + ": " + reason;
    failure = text;
    String inForce = known ? "the last good rules stay in force" : "every kind is redacted";
    boolean news = !reason.equals(said);
    said = reason;
    LOG.log(news ? Level.WARNING : Level.DEBUG, text + "; " + inForce);
  }

  private long waitNanos(int misses) {
    long usual = everyNanos;
    if (misses > 0 && !known) {
      usual = Math.min(usual, FIRST_RETRY_NANOS << Math.min(misses - 1, 6));
    }
    long part = usual / 10;
    return usual - part + ThreadLocalRandom.current().nextLong(2 * part + 1);
  }
}
