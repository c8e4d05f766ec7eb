package io.onlooker.langchain4j;

import dev.langchain4j.agentic.observability.AfterAgentToolExecution;
import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.observability.BeforeAgentToolExecution;
import dev.langchain4j.agentic.planner.AgentInstance;
import io.onlooker.Onlooker;

/**
 * Records the agents of a workflow; it is inherited by all that are below the one it is given to.
 *
 * <p>Workflows built by {@code AgenticServices} have it already, see {@link OnlookerWorkflows};
 * others, a supervisor that is nobody's part say, get it from the application: {@code .listener(new
 * OnlookerAgentListener())}. Given twice, it counts once.
 */
public final class OnlookerAgentListener implements AgentListener {

  /** One for all, so that a part that inherits what it has already notices. */
  static final OnlookerAgentListener EVERYWHERE = new OnlookerAgentListener();

  @Override
  public void beforeAgentInvocation(AgentRequest request) {
    quietly("start of an agent", () -> Agents.start(request));
  }

  @Override
  public void afterAgentInvocation(AgentResponse response) {
    quietly("end of an agent", () -> Agents.end(response));
  }

  @Override
  public void onAgentInvocationError(AgentInvocationError error) {
    AgentInstance agent = error.agent();
    quietly(
        "failure of an agent",
        () -> {
          Throwable cause = Agents.cause(error.error());
          Agents.fail(error.agenticScope(), agent, cause);
          Agents.failedBelow(error.agenticScope(), agent, cause);
        });
  }

  @Override
  public void beforeAgentToolExecution(BeforeAgentToolExecution before) {
    CallbackSlot.called(InheritedListeners.of(before.agentInstance()));
  }

  @Override
  public void afterAgentToolExecution(AfterAgentToolExecution after) {
    CallbackSlot.called(InheritedListeners.of(after.agentInstance()));
  }

  private static void quietly(String what, Runnable work) {
    Onlooker.current().guarded(what, work);
  }

  @Override
  public boolean inheritedBySubagents() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnlookerAgentListener;
  }

  @Override
  public int hashCode() {
    return OnlookerAgentListener.class.hashCode();
  }
}
