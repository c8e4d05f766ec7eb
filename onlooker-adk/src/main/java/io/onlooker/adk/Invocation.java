package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.CallbackContext;
import com.google.adk.events.Event;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.ToolContext;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one invocation has open: agents, requests to models, tools. Safe for many threads. */
final class Invocation {

  private final Run run;
  private final Object plugin;
  private final OpenAgents agents;
  private final Map<String, ModelRun> models = new LinkedHashMap<>();
  private final Map<Object, ToolRun> tools = new LinkedHashMap<>();
  private final Answer answer = new Answer();
  private @Nullable Throwable failure;

  /**
   * @param plugin whose callbacks count; another's about the same invocation do not
   * @param first the runner's agent, whose run is the invocation itself
   */
  Invocation(Run run, Object plugin, BaseAgent first) {
    this.run = run;
    this.plugin = plugin;
    agents = new OpenAgents(run, first);
  }

  Run run() {
    return run;
  }

  boolean recordedBy(Object asking) {
    return plugin.equals(asking);
  }

  synchronized void agentStarts(BaseAgent agent, CallbackContext context) {
    agents.open(agent, context).forEach(left -> close(left, left.lastSign()));
  }

  synchronized void agentEnds(BaseAgent agent, CallbackContext context) {
    AgentRun ended = agents.find(agent, context);
    if (ended != null) {
      agents.removeBelow(ended).forEach(left -> close(left, left.lastSign()));
      agents.remove(ended);
      close(ended, null);
    }
  }

  synchronized void modelStarts(CallbackContext context, LlmRequest request) {
    AgentRun agent = agents.of(context.agentName(), context.branch().orElse(""));
    if (agent != null) {
      endModels(agent);
      models.put(context.eventId(), ModelRun.start(run, agent, context, request));
    }
  }

  synchronized void modelAnswers(CallbackContext context, LlmResponse response) {
    ModelRun model = models.get(context.eventId());
    if (model != null) {
      model.answered(response);
    }
    failure = null;
  }

  synchronized void modelFails(CallbackContext context, Throwable cause) {
    ModelRun model = models.remove(context.eventId());
    if (model != null) {
      model.fail(cause);
    }
    failure = cause;
  }

  synchronized void toolStarts(BaseTool tool, Map<String, Object> args, ToolContext context) {
    AgentRun agent = agents.of(context.agentName(), context.branch().orElse(""));
    if (agent != null) {
      tools.put(key(context), ToolRun.start(run, agent, tool, args, context));
    }
  }

  synchronized void toolEnds(ToolContext context, @Nullable Map<String, Object> result) {
    ToolRun tool = tools.remove(key(context));
    if (tool != null) {
      tool.end(result);
      tool.agent().transfersTo(context.eventActions().transferToAgent().orElse(null));
    }
    failure = null;
  }

  synchronized void toolFails(ToolContext context, Throwable cause) {
    ToolRun tool = tools.remove(key(context));
    if (tool != null) {
      tool.fail(cause);
    }
    failure = cause;
  }

  /** The span of a tool that runs. */
  synchronized @Nullable Span span(ToolContext context) {
    ToolRun tool = tools.get(key(context));
    return tool == null ? null : tool.span();
  }

  /** The tools that run, for the plugin that recorded them. */
  synchronized List<ToolRun> toolsOf(Object asking) {
    return recordedBy(asking) ? List.copyOf(tools.values()) : List.of();
  }

  /** The invocation is over and did not fail. */
  synchronized void complete() {
    closeAll(span -> {});
    run.ending().complete(answer.value());
  }

  synchronized void failed(Throwable cause) {
    closeAll(span -> Ending.fail(span, cause));
    run.ending().failed(cause);
  }

  synchronized void cancelled(String reason) {
    closeAll(span -> span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, reason)));
    run.ending().cancelled(reason);
  }

  /** Nobody will tell how it ended; a failure that nobody recovered from was the end. */
  synchronized void abandon() {
    if (failure == null) {
      cancelled("abandoned");
    } else {
      failed(failure);
    }
  }

  private void closeAll(Consumer<Span> how) {
    tools.values().forEach(tool -> tool.close(how));
    tools.clear();
    models.values().forEach(model -> model.close(how));
    models.clear();
    agents.endAll(how);
  }

  /** Something comes out of the run, from an agent of it. */
  synchronized void happens(Event event) {
    answer.see(event, run.ending());
    AgentRun author = agents.of(event.author(), event.branch().orElse(""));
    if (author != null && event.finalResponse()) {
      author.answers(event.content().map(Messages::whole).orElse(null));
    }
  }

  /** An agent is over, with what it leaves open; null: now. */
  private void close(AgentRun agent, @Nullable Instant when) {
    List<ToolRun> left = new ArrayList<>(tools.values());
    left.removeIf(tool -> tool.agent() != agent);
    left.forEach(tool -> tool.close(span -> {}));
    tools.values().removeAll(left);
    endModels(agent);
    agent.end(when);
  }

  private void endModels(AgentRun agent) {
    models.values().removeIf(model -> model.of(agent) && model.endHeld());
  }

  /** ADK's id of the call; a tool that is called by nobody's wish has none. */
  private static Object key(ToolContext context) {
    String id = context.functionCallId().orElse("");
    return id.isEmpty() ? context : id;
  }
}
