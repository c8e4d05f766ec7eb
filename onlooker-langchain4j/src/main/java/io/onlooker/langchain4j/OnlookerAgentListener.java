package io.onlooker.langchain4j;

import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
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

  @Override
  public void beforeAgentInvocation(AgentRequest request) {
    quietly("start of an agent", () -> Agents.start(request));
  }

  @Override
  public void afterAgentInvocation(AgentResponse response) {
    Object answer = Answers.of(response.output());
    quietly(
        "end of an agent",
        () -> Agents.end(response.agenticScope(), response.agent(), end -> end.complete(answer)));
  }

  @Override
  public void onAgentInvocationError(AgentInvocationError error) {
    AgentInstance agent = error.agent();
    quietly(
        "failure of an agent",
        () -> {
          Throwable cause = Agents.cause(error.error());
          Agents.end(error.agenticScope(), agent, end -> end.failed(cause));
          Agents.failedBelow(error.agenticScope(), agent, cause);
        });
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
