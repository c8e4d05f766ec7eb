package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.CallbackContext;
import io.onlooker.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agents of one invocation that run, innermost last. ADK has no id for the run of an agent: it
 * is known by its agent and by its branch, which is the path of names below the outermost parallel
 * agent and empty elsewhere, where one agent runs at a time.
 */
final class OpenAgents {

  private final Run run;
  private final BaseAgent first;
  private final List<AgentRun> open = new ArrayList<>();
  private boolean begun;

  OpenAgents(Run run, BaseAgent first) {
    this.run = run;
    this.first = first;
  }

  /** Starts an agent; gives those that are over, for another of their parent's runs now. */
  List<AgentRun> open(BaseAgent agent, CallbackContext context) {
    String branch = context.branch().orElse("");
    AgentRun parent = parent(agent, branch);
    List<AgentRun> over = parent == null || parent.parallel() ? List.of() : removeBelow(parent);
    open.add(start(agent, branch, parent));
    begun = true;
    return over;
  }

  private AgentRun start(BaseAgent agent, String branch, @Nullable AgentRun parent) {
    boolean whole = !begun && agent.equals(first) && !Workflows.isOne(agent);
    return whole ? AgentRun.whole(agent, branch, run) : AgentRun.start(agent, branch, run, parent);
  }

  /** Who runs it: the agent it is declared below, or the one that handed over to it. */
  private @Nullable AgentRun parent(BaseAgent agent, String branch) {
    AgentRun innermost = null;
    for (int i = open.size() - 1; i >= 0; i--) {
      AgentRun candidate = open.get(i);
      if (candidate.branchOf(agent).equals(branch)) {
        if (candidate.leadsTo(agent)) {
          return candidate;
        }
        innermost = innermost == null ? candidate : innermost;
      }
    }
    return innermost;
  }

  /** The innermost run of an agent. */
  @Nullable AgentRun find(BaseAgent agent, CallbackContext context) {
    AgentRun found = of(agent.name(), context.branch().orElse(""));
    return found != null && found.agent().equals(agent) ? found : null;
  }

  void remove(AgentRun agent) {
    open.remove(agent);
  }

  /** Takes out what is open below an agent, innermost first. */
  List<AgentRun> removeBelow(AgentRun agent) {
    List<AgentRun> below = new ArrayList<>();
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).isBelow(agent)) {
        below.add(open.get(i));
      }
    }
    open.removeAll(below);
    return below;
  }

  /** The innermost run of the agent of this name. */
  @Nullable AgentRun of(String agentName, String branch) {
    for (int i = open.size() - 1; i >= 0; i--) {
      AgentRun candidate = open.get(i);
      if (candidate.agent().name().equals(agentName) && candidate.branch().equals(branch)) {
        return candidate;
      }
    }
    return null;
  }

  /** Ends all, innermost first. */
  void endAll(Consumer<Span> how) {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close(how);
    }
    open.clear();
  }
}
