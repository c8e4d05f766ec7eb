package io.onlooker.langchain4j;

import dev.langchain4j.agentic.agent.AgentInvocationException;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.planner.AgenticSystemTopology;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.service.TokenStream;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The spans of a workflow and its agents: parents by LangChain4j's own topology. */
final class Agents {

  private Agents() {}

  static void start(AgentRequest request) {
    AgentInstance agent = request.agent();
    AgenticScope scope = request.agenticScope();
    OpenAgents.Entry parent =
        agent.parent() == null ? null : OpenAgents.find(scope, agent.parent().agentId());
    Run around = parent == null ? Expected.here() : parent.run();
    Onlooker onlooker = around == null ? Onlooker.current() : around.onlooker();
    if (around == null && !Settings.automatic(onlooker)) {
      return;
    }
    Recording recording = around == null ? Settings.recording(onlooker) : around.recording();
    SpanOptions options = options(agent).parent(around == null ? null : around.span());
    if (recording.inputs()) {
      options.input(request.inputs());
    }
    OpenAgents.LastWords lastWords = new OpenAgents.LastWords(scope);
    if (parent == null || agent.topology() == AgenticSystemTopology.AI_AGENT) {
      // Parts that are plain code, or wait for a person, end surely and may take their time.
      options.endWhenIdle(lastWords);
    }
    Run run = Run.start(onlooker, recording, options);
    OpenAgents.Entry entry = OpenAgents.open(scope, agent.agentId(), agent.type().getName(), run);
    lastWords.of(entry);
    if (parent == null) {
      OpenAgents.endWhenUnreachable(scope, entry);
      Expected.noticed();
      WorkflowCall.began(
          thrown -> run.quietly("end of a workflow", () -> endRoot(scope, entry, thrown)));
    }
  }

  static void end(AgentResponse response) {
    AgenticScope scope = response.agenticScope();
    OpenAgents.Entry entry = OpenAgents.find(scope, response.agent().agentId());
    if (entry != null) {
      OpenAgents.close(scope, entry);
      Object output = response.output();
      boolean goesOn = output instanceof TokenStream stream && entry.endsWith(stream);
      if (!goesOn) {
        entry.run().ending().complete(Answers.of(output));
      }
    }
  }

  static void fail(AgenticScope scope, AgentInstance agent, Throwable cause) {
    OpenAgents.Entry entry = OpenAgents.find(scope, agent.agentId());
    if (entry != null) {
      OpenAgents.close(scope, entry);
      entry.run().ending().failed(cause);
    }
  }

  /** LangChain4j tells of failures of all agents but the outermost, whose callers get them. */
  static void failedBelow(AgenticScope scope, AgentInstance agent, Throwable cause) {
    AgentInstance parent = agent.parent();
    if (parent != null && parent.parent() == null) {
      OpenAgents.Entry root = OpenAgents.find(scope, parent.agentId());
      if (root != null) {
        root.failedBelow(cause);
      }
    }
  }

  private static void endRoot(
      AgenticScope scope, OpenAgents.Entry entry, @Nullable Throwable thrown) {
    if (OpenAgents.close(scope, entry)) {
      if (thrown != null) {
        entry.failedBelow(cause(thrown));
      }
      entry.abandon();
    }
  }

  /** What an agent threw, without what the workflow puts around it. */
  static Throwable cause(Throwable thrown) {
    boolean wrapped =
        thrown instanceof AgentInvocationException || thrown instanceof InvocationTargetException;
    Throwable cause = thrown.getCause();
    return wrapped && cause != null ? cause(cause) : thrown;
  }

  private static SpanOptions options(AgentInstance agent) {
    String[] names = agent.subagents().stream().map(AgentInstance::name).toArray(String[]::new);
    return switch (agent.topology()) {
      case AI_AGENT -> SpanOptions.agentRun(agent.name());
      case NON_AI_AGENT, HUMAN_IN_THE_LOOP -> SpanOptions.workflowStep(agent.name());
      case PARALLEL -> SpanOptions.workflowParallel(Details.Parallel.of(names));
      case LOOP -> SpanOptions.workflowLoop(Details.Loop.of("dountil"));
      case ROUTER -> SpanOptions.workflowConditional(Details.Conditional.of(names.length));
      case SEQUENCE, STAR -> SpanOptions.workflowRun(agent.name());
    };
  }
}
