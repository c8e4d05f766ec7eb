package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.SequentialAgent;
import io.onlooker.Details;
import io.onlooker.SpanOptions;

/** The spans of agents that only run others, and of all the rest. */
final class Workflows {

  private Workflows() {}

  static boolean isOne(BaseAgent agent) {
    return agent instanceof SequentialAgent
        || agent instanceof ParallelAgent
        || agent instanceof LoopAgent;
  }

  static SpanOptions options(BaseAgent agent) {
    if (agent instanceof ParallelAgent) {
      return SpanOptions.workflowParallel(Details.Parallel.of(names(agent)));
    }
    if (agent instanceof LoopAgent) {
      // ADK's loops go on until an agent says that it is enough.
      return SpanOptions.workflowLoop(Details.Loop.of("dountil"));
    }
    if (agent instanceof SequentialAgent) {
      return SpanOptions.workflowRun(agent.name());
    }
    return SpanOptions.agentRun(agent.name());
  }

  private static String[] names(BaseAgent agent) {
    return agent.subAgents().stream().map(BaseAgent::name).toArray(String[]::new);
  }

  /** What an agent with a model was told to do, unless its instructions are made at each run. */
  static Details details(LlmAgent agent) {
    return Details.Agent.of(
        agent.instruction() instanceof com.google.adk.agents.Instruction.Static text
            ? text.instruction()
            : null);
  }
}
