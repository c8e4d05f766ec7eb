package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.ParallelAgent;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of one agent. Its invocation guards it. */
final class AgentRun {

  private final BaseAgent agent;
  private final String branch;
  private final @Nullable AgentRun parent;
  private final Run run;
  private final Span span;
  private final boolean whole;
  private final Map<String, Integer> runs = new HashMap<>();
  private @Nullable String transfersTo;
  private @Nullable Instant lastSign;

  private AgentRun(
      BaseAgent agent,
      String branch,
      @Nullable AgentRun parent,
      Run run,
      Span span,
      boolean whole) {
    this.agent = agent;
    this.branch = branch;
    this.parent = parent;
    this.run = run;
    this.span = span;
    this.whole = whole;
  }

  /** The runner's own agent: its run is the invocation, and has no second span. */
  static AgentRun whole(BaseAgent agent, String branch, Run run) {
    if (agent instanceof LlmAgent model && run.recording().inputs()) {
      run.span().set(Workflows.details(model));
    }
    return new AgentRun(agent, branch, null, run, run.span(), true);
  }

  static AgentRun start(BaseAgent agent, String branch, Run run, @Nullable AgentRun parent) {
    SpanOptions options =
        Workflows.options(agent)
            .parent(parent == null ? run.span() : parent.span)
            .attribute(GenAi.WORKFLOW_LOOP_ITERATION, parent == null ? null : parent.next(agent));
    if (agent instanceof LlmAgent model && run.recording().inputs()) {
      options.with(Workflows.details(model));
    }
    Span span = run.onlooker().startInactiveSpan(options);
    return new AgentRun(agent, branch, parent, run, span, false);
  }

  /** Which time, from 1, a loop runs this agent; null below others. */
  private @Nullable Integer next(BaseAgent child) {
    if (!(agent instanceof LoopAgent)) {
      return null;
    }
    int times = runs.merge(child.name(), 1, Integer::sum);
    span.setAttribute(GenAi.WORKFLOW_LOOP_TOTAL, (long) times);
    return times;
  }

  BaseAgent agent() {
    return agent;
  }

  String branch() {
    return branch;
  }

  Span span() {
    return span;
  }

  boolean parallel() {
    return agent instanceof ParallelAgent;
  }

  /** The branch that ADK gives to an agent run by this one. */
  String branchOf(BaseAgent child) {
    String own = parallel() ? joined(branch, agent.name()) : branch;
    return own.isEmpty() ? "" : joined(own, child.name());
  }

  private static String joined(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean leadsTo(BaseAgent child) {
    return agent.equals(child.parentAgent()) || child.name().equals(transfersTo);
  }

  boolean isBelow(AgentRun other) {
    for (AgentRun at = parent; at != null; at = at.parent) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }

  /** Which agent goes on from here; null: none. */
  void transfersTo(@Nullable String agentName) {
    transfersTo = agentName;
  }

  /** Something came of it. */
  void answers(@Nullable Object output) {
    lastSign = Instant.now();
    if (run.recording().outputs() && !whole) {
      span.output(output);
    }
  }

  /** When something came of it last: its end, when ADK does not tell of it. */
  @Nullable Instant lastSign() {
    return lastSign;
  }

  /** The agent is over; null: now. */
  void end(@Nullable Instant when) {
    if (!whole) {
      Ending.end(span, when);
    }
  }

  void close(Consumer<Span> how) {
    if (!whole) {
      how.accept(span);
      span.end();
    }
  }
}
