package io.onlooker.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.tools.AgentTool;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.Content;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution of a tool. Its invocation guards it. */
final class ToolRun {

  /** By package: an application without MCP may lack the classes that its tools are made of. */
  private static final String MCP = "com.google.adk.tools.mcp.";

  private final Run run;
  private final AgentRun agent;
  private final BaseTool tool;
  private final Map<String, Object> args;
  private final Span span;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final long thread = Thread.currentThread().getId();

  private ToolRun(Run run, AgentRun agent, BaseTool tool, Map<String, Object> args, Span span) {
    this.run = run;
    this.agent = agent;
    this.tool = tool;
    this.args = args;
    this.span = span;
  }

  static ToolRun start(
      Run run, AgentRun agent, BaseTool tool, Map<String, Object> args, ToolContext context) {
    SpanOptions options =
        tool.getClass().getName().startsWith(MCP)
            ? SpanOptions.mcpToolCall(tool.name(), null)
            : SpanOptions.toolCall(tool.name());
    String id = context.functionCallId().filter(text -> !text.isEmpty()).orElse(null);
    options.parent(agent.span()).with(new Details.Tool(id, null, tool.description(), null));
    if (run.recording().inputs()) {
      // A copy: the tool gets the map itself and may do with it what it likes.
      options.input(new LinkedHashMap<>(args));
    }
    return new ToolRun(run, agent, tool, args, run.onlooker().startInactiveSpan(options));
  }

  Run run() {
    return run;
  }

  AgentRun agent() {
    return agent;
  }

  Span span() {
    return span;
  }

  /** How well it fits an invocation of this agent with this message; 0: not at all. */
  int match(BaseAgent other, Content message) {
    // By name, for old versions do not let see the tool's agent; it has the agent's name.
    if (claimed.get() || !(tool instanceof AgentTool) || !tool.name().equals(other.name())) {
      return 0;
    }
    boolean asks = Messages.text(message).equals(String.valueOf(args.get("request")));
    boolean here = thread == Thread.currentThread().getId();
    return 1 + (asks ? 2 : 0) + (here ? 1 : 0);
  }

  /** Whether no other invocation is known to be its work. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  void end(@Nullable Map<String, Object> result) {
    String failure = ToolResults.failure(result);
    span.set(Details.Tool.ended(failure == null));
    if (failure != null) {
      span.setStatus(SpanStatus.error(run.recording().outputs() ? failure : null));
    }
    if (run.recording().outputs()) {
      span.output(result);
    }
    span.end();
  }

  void fail(Throwable cause) {
    span.set(Details.Tool.ended(false));
    Ending.fail(span, cause);
    span.end();
  }

  void close(Consumer<Span> how) {
    how.accept(span);
    span.end();
  }
}
