package io.onlooker.session;

import io.onlooker.Onlooker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of problems of ours around an agent's calls: logged, the first one loudly, or thrown
 * before the agent is called, the one moment at which no answer is lost. Safe for many threads.
 */
final class Watch {

  private static final System.Logger LOG = System.getLogger("io.onlooker");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String agentName;
  private final boolean silent;
  private final AtomicBoolean said = new AtomicBoolean();
  private final AtomicReference<@Nullable String> missed = new AtomicReference<>();

  Watch(String agentName, boolean silent) {
    this.agentName = agentName;
    this.silent = silent;
  }

  /** Asks the application's code for something we want to record. */
  <T> T ask(String what, Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      if (!silent) {
        throw new OnlookerException(text(what + ": " + e), e);
      }
      log(what + ": " + e);
      return otherwise;
    }
  }

  /** Does what must not be in the way of an answer that is on its way. */
  void quietly(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      log(what + ": " + e);
    }
  }

  /** The session, unless its start could not be sent and the application wants to know. */
  Session started(Onlooker onlooker, Session session) {
    if (!onlooker.enabled()) {
      problem(session, "nowhere to send (expected: apiKey, onlooker, or Onlooker.init before)");
    } else if (!silent) {
      String before = missed.getAndSet(null);
      String now = before == null ? trouble(onlooker) : before;
      if (now != null) {
        problem(session, now);
      }
    }
    return session;
  }

  /** The agent has answered or thrown, and nothing of ours may come between. */
  void ended(Onlooker onlooker) {
    String trouble = silent ? null : trouble(onlooker);
    if (trouble != null) {
      missed.set(trouble);
      LOG.log(Level.WARNING, text(trouble));
    }
  }

  private void problem(Session session, String what) {
    if (!silent) {
      session.cancelled("agent not called: " + what);
      session.close();
      throw new OnlookerException(text(what));
    }
    log(what);
  }

  private static @Nullable String trouble(Onlooker onlooker) {
    boolean sent = onlooker.flush(PATIENCE);
    String failure = onlooker.lastFailure();
    if (sent || failure != null) {
      return failure;
    }
    return "not everything was sent within " + PATIENCE.toSeconds() + " s";
  }

  private void log(String what) {
    boolean first = said.compareAndSet(false, true);
    LOG.log(first ? Level.WARNING : Level.DEBUG, text(what));
  }

  private String text(String what) {
    return "agent " + agentName + ": " + what;
  }
}
