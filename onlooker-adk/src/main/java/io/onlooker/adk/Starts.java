package io.onlooker.adk;

import com.google.adk.agents.InvocationContext;
import com.google.genai.types.Content;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** Decides where a new invocation is recorded. */
final class Starts {

  /** As ADK's own spans name it. */
  private static final String INVOCATION_ID = "gcp.vertex.agent.invocation_id";

  private Starts() {}

  /**
   * Begins to record: the session opened for it, the tool that it is the work of, or a span of its
   * own.
   *
   * @param announcedOnly whether the last is not for this plugin
   */
  static void start(
      OnlookerAdkPlugin plugin, boolean announcedOnly, InvocationContext context, Content message) {
    Announced announced = Announced.of(message);
    Run run = null;
    if (announced != null) {
      run = announced.isFor(plugin) ? announced.run() : null;
    } else {
      ToolRun around = Invocations.around(context, message, plugin);
      run = around != null ? below(around, context, message) : null;
      run = run == null && !announcedOnly ? own(context, message) : run;
    }
    if (run != null) {
      run.span().setAttribute(INVOCATION_ID, context.invocationId());
      Invocation invocation = new Invocation(run, plugin, context.agent().rootAgent());
      Invocations.open(context, invocation);
      if (announced != null) {
        announced.begun(invocation);
      }
    }
  }

  private static @Nullable Run own(InvocationContext context, Content message) {
    Onlooker onlooker = Onlooker.current();
    if (!onlooker.enabled()) {
      return null;
    }
    SpanOptions options =
        SpanOptions.agentRun(context.agent().rootAgent().name())
            .attribute(GenAi.CONVERSATION_ID, context.session().id())
            .attribute(GenAi.USER_ID, context.userId());
    Recording recording = Recording.of(onlooker, null, null);
    if (recording.inputs()) {
      options.input(Messages.whole(message));
    }
    Span span = Places.begin(onlooker, () -> onlooker.startInactiveSpan(options));
    return Run.of(onlooker, recording, span);
  }

  /** An agent that is another's tool has a session of its own, which nobody else knows. */
  private static Run below(ToolRun tool, InvocationContext context, Content message) {
    Run above = tool.run();
    SpanOptions options = SpanOptions.agentRun(context.agent().name()).parent(tool.span());
    if (above.recording().inputs()) {
      options.input(Messages.whole(message));
    }
    Span span = above.onlooker().startInactiveSpan(options);
    return Run.of(above.onlooker(), above.recording(), span);
  }
}
