package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import java.util.Set;
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

  Expected(Run run, Set<String> interfaces) {
    this.run = run;
    this.interfaces = interfaces;
  }

  /** Calls the agent. */
  <T extends @Nullable Object, X extends Throwable> T within(Onlooker.Body<T, X> body) throws X {
    Expected before = HERE.get();
    HERE.set(this);
    try {
      return WorkflowCall.within(body);
    } finally {
      if (before == null) {
        HERE.remove();
      } else {
        HERE.set(before);
      }
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

  /** Says that the innermost agent is a workflow that has begun. */
  static void noticed() {
    Expected expected = HERE.get();
    if (expected != null) {
      expected.claimed = true;
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
