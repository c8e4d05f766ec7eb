package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session that an instrumented agent has opened for the call that its thread is about to make.
 * The first call of one of its interfaces is that call; later and other ones are runs of their own.
 */
final class Expected {

  private static final ThreadLocal<@Nullable Expected> HERE = new ThreadLocal<>();

  private final Run run;
  private final Set<String> interfaces;
  private boolean claimed;
  private @Nullable Consumer<@Nullable Throwable> leftover;

  Expected(Run run, Set<String> interfaces) {
    this.run = run;
    this.interfaces = interfaces;
  }

  /** Calls the agent. */
  <T extends @Nullable Object, X extends Throwable> T within(Onlooker.Body<T, X> body) throws X {
    Expected before = HERE.get();
    HERE.set(this);
    Throwable thrown = null;
    try {
      return body.run();
    } catch (Throwable e) {
      thrown = e;
      throw e;
    } finally {
      over(thrown);
      if (before == null) {
        HERE.remove();
      } else {
        HERE.set(before);
      }
    }
  }

  private void over(@Nullable Throwable thrown) {
    Consumer<@Nullable Throwable> end = leftover;
    if (end != null) {
      run.quietly("end of a workflow", () -> end.accept(thrown));
    }
  }

  /** Whether LangChain4j has told of the call. */
  boolean claimed() {
    return claimed;
  }

  /** What the thread's innermost instrumented agent records with, or null. */
  static @Nullable Run here() {
    Expected expected = HERE.get();
    return expected == null ? null : expected.run;
  }

  /**
   * Says that the innermost agent is a workflow that has begun.
   *
   * @param end ends what the workflow did not end itself when its call is over, with what it threw
   */
  static void noticed(Consumer<@Nullable Throwable> end) {
    Expected expected = HERE.get();
    if (expected != null && !expected.claimed) {
      expected.claimed = true;
      expected.leftover = end;
    }
  }

  /** The run of a call that begins, if it is the expected one. */
  static @Nullable Run claim(String interfaceName) {
    Expected expected = HERE.get();
    if (expected == null || expected.claimed || !expected.interfaces.contains(interfaceName)) {
      return null;
    }
    expected.claimed = true;
    return expected.run;
  }
}
