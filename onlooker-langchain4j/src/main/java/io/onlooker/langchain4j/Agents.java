package io.onlooker.langchain4j;

import dev.langchain4j.agentic.agent.AgentInvocationException;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;
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
    if (!onlooker.enabled()) {
      return;
    }
    Recording recording = around == null ? Recording.of(onlooker, null, null) : around.recording();
    SpanOptions options = options(agent);
    if (recording.inputs()) {
      options.input(request.inputs());
    }
    Run run = Run.start(onlooker, recording, options.parent(around == null ? null : around.span()));
    OpenAgents.Entry entry = OpenAgents.open(scope, agent.agentId(), agent.type().getName(), run);
    if (parent == null) {
      OpenAgents.endWhenUnreachable(scope, entry);
      Expected.noticed(cause -> endRoot(scope, entry, cause));
    }
  }

  static void end(AgenticScope scope, AgentInstance agent, Consumer<Ending> how) {
    OpenAgents.Entry entry = OpenAgents.find(scope, agent.agentId());
    if (entry != null) {
      OpenAgents.close(scope, entry);
      how.accept(entry.run().ending());
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
      AgenticScope scope, OpenAgents.Entry entry, @Nullable Throwable cause) {
    OpenAgents.close(scope, entry);
    if (cause != null) {
      entry.failedBelow(cause(cause));
    }
    entry.abandon();
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
