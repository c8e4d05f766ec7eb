package io.onlooker.langchain4j;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one callback that a service has room for. A workflow whose parts inherit a listener, ours
 * too, takes it for that listener; where ours is the only reason, the application's own goes on.
 */
final class CallbackSlot<E> {

  /** What passes an inherited listener's callbacks on; by name, for it is a library of its own. */
  private static final String INHERITED = "dev.langchain4j.agentic.agent.AgentInvocationHandler";

  private static final String WORKFLOWS = "dev.langchain4j.agentic.";
  private static final ThreadLocal<Boolean> APPLICATIONS = ThreadLocal.withInitial(() -> false);

  private @Nullable Consumer<E> own;

  /** What is to be in the slot when this is put into it. */
  @Nullable Consumer<E> put(@Nullable Consumer<E> callback) {
    String type = callback == null ? "" : callback.getClass().getName();
    Consumer<E> before = own;
    if (callback != null && before != null && type.startsWith(INHERITED)) {
      return event -> {
        if (!inherits(callback, event)) {
          before.accept(event);
        }
      };
    }
    // An agent's own listener is among those that an inherited callback calls.
    own = type.startsWith(WORKFLOWS) ? null : callback;
    return callback;
  }

  /** Calls the inherited listeners; whether one of them was the application's. */
  private boolean inherits(Consumer<E> callback, E event) {
    try {
      callback.accept(event);
      return APPLICATIONS.get();
    } finally {
      APPLICATIONS.remove();
    }
  }

  /** Our listener was called as one of several, or as the only one. */
  static void called(boolean applications) {
    APPLICATIONS.set(applications);
  }
}
