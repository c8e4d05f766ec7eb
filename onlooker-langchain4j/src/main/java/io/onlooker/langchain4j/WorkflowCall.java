package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The call of a workflow that a thread is in: LangChain4j tells listeners of every agent that
 * fails, but not of the outermost.
 */
final class WorkflowCall {

  private static final ThreadLocal<@Nullable WorkflowCall> HERE = new ThreadLocal<>();

  private @Nullable Consumer<@Nullable Throwable> end;

  private WorkflowCall() {}

  /** Calls a workflow, and ends what it did not end itself. */
  static <T extends @Nullable Object, X extends Throwable> T within(Onlooker.Body<T, X> body)
      throws X {
    WorkflowCall before = HERE.get();
    WorkflowCall call = new WorkflowCall();
    HERE.set(call);
    Throwable thrown = null;
    try {
      return body.run();
    } catch (Throwable e) {
      thrown = e;
      throw e;
    } finally {
      restore(before);
      call.over(thrown);
    }
  }

  private static void restore(@Nullable WorkflowCall before) {
    if (before == null) {
      HERE.remove();
    } else {
      HERE.set(before);
    }
  }

  /**
   * Says that the thread's workflow has begun.
   *
   * @param end is told what the call threw, or null, when it is over; throws nothing
   */
  static void began(Consumer<@Nullable Throwable> end) {
    WorkflowCall call = HERE.get();
    if (call != null && call.end == null) {
      call.end = end;
    }
  }

  private void over(@Nullable Throwable thrown) {
    if (end != null) {
      end.accept(thrown);
    }
  }
}
