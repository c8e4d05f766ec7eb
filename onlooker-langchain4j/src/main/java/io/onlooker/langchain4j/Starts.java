package io.onlooker.langchain4j;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.service.memory.ChatMemoryService;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides where a call of an AI service is recorded. */
final class Starts {

  private Starts() {}

  /**
   * The run of a call that begins: the session opened for it, the agent of a workflow that it is
   * the work of, or one of its own; null when nothing is recorded.
   */
  static @Nullable Run run(AiServiceStartedEvent event) {
    InvocationContext invocation = event.invocationContext();
    OpenAgents.Entry agent = OpenAgents.here(managedBy(invocation));
    if (agent != null) {
      Run adopted = agent.adopt(invocation);
      return adopted == null ? below(agent.run(), event) : adopted;
    }
    Run expected = Expected.claim(invocation.interfaceName());
    if (expected != null) {
      describe(expected, event);
      return expected;
    }
    Run around = Expected.here();
    return around == null ? own(event) : below(around, event);
  }

  private static @Nullable Object managedBy(InvocationContext invocation) {
    Map<?, ?> managed = invocation.managedParameters();
    if (managed == null || managed.isEmpty()) {
      return null;
    }
    for (Map.Entry<?, ?> entry : managed.entrySet()) {
      // By name: agentic workflows are a library of their own.
      if (entry.getKey() instanceof Class<?> type && type.getSimpleName().equals("AgenticScope")) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static @Nullable Run own(AiServiceStartedEvent event) {
    Onlooker onlooker = Onlooker.current();
    if (!Settings.automatic(onlooker)) {
      return null;
    }
    Recording recording = Settings.recording(onlooker);
    return Run.start(onlooker, recording, options(event, recording));
  }

  /** A service within another's tool, say: below what the thread does, if that is the run's. */
  private static Run below(Run around, AiServiceStartedEvent event) {
    Span current = around.onlooker().currentSpan();
    boolean within = current.recording() && current.traceId().equals(around.span().traceId());
    SpanOptions options =
        options(event, around.recording()).parent(within ? current : around.span());
    return Run.start(around.onlooker(), around.recording(), options);
  }

  private static SpanOptions options(AiServiceStartedEvent event, Recording recording) {
    InvocationContext invocation = event.invocationContext();
    SpanOptions options =
        SpanOptions.agentRun(simpleName(invocation.interfaceName()))
            .attribute(GenAi.CONVERSATION_ID, conversation(invocation.chatMemoryId()))
            .attribute(GenAi.USER_ID, event.userMessage().name())
            .endWhenIdle(Runs.forgetting(invocation));
    if (recording.inputs()) {
      options.input(text(event.userMessage())).with(details(event));
    }
    return options;
  }

  private static void describe(Run run, AiServiceStartedEvent event) {
    if (run.recording().inputs()) {
      run.span().set(details(event));
    }
  }

  private static Details details(AiServiceStartedEvent event) {
    return Details.Agent.of(event.systemMessage().map(SystemMessage::text).orElse(null));
  }

  private static Object text(UserMessage message) {
    return message.hasSingleText() ? message.singleText() : Messages.content(message.contents());
  }

  /** The conversation that a memory is of; null for the memory of services that have one only. */
  static @Nullable String conversation(@Nullable Object memoryId) {
    return memoryId == null || ChatMemoryService.DEFAULT.equals(memoryId)
        ? null
        : memoryId.toString();
  }

  private static String simpleName(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }
}
