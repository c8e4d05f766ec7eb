package io.onlooker.adk;

import com.google.adk.agents.InvocationContext;
import com.google.genai.types.Content;
import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The invocations that go on, by ADK's ids. */
final class Invocations {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<String, Invocation> OPEN = new ConcurrentHashMap<>();

  private Invocations() {}

  /**
   * Remembers an invocation until it ends, or until nobody has its context any more: ADK does not
   * tell plugins of a run that is cancelled, and before 1.8 not of one that fails.
   *
   * @param context the invocation's first, which its run holds until it is over
   */
  static void open(InvocationContext context, Invocation invocation) {
    String id = context.invocationId();
    OPEN.put(id, invocation);
    CLEANER.register(context, () -> end(id, Invocation::abandon));
  }

  static @Nullable Invocation of(String id) {
    return OPEN.get(id);
  }

  /** Ends the invocation, if it still goes on. */
  static void end(String id, Consumer<Invocation> how) {
    Invocation invocation = OPEN.remove(id);
    if (invocation != null) {
      how.accept(invocation);
    }
  }

  /**
   * The tool that a new invocation is the work of: an agent that runs as a tool. ADK does not tell
   * which, so that among tools of this agent the one that asks the same counts, and of several the
   * one that this thread began.
   */
  static @Nullable ToolRun around(InvocationContext context, Content message, Object plugin) {
    ToolRun best = null;
    int most = 0;
    for (Invocation invocation : OPEN.values()) {
      for (ToolRun tool : invocation.toolsOf(plugin)) {
        int match = tool.match(context.agent(), message);
        if (match > most) {
          most = match;
          best = tool;
        }
      }
    }
    return best != null && best.claim() ? best : null;
  }
}
