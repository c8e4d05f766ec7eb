package io.onlooker.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.internal.Json;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tool whose executions are recorded; what it does itself is below its span. */
final class RecordedTool implements ToolExecutor {

  private static final String MCP = "dev.langchain4j.mcp.McpToolExecutor";

  private final ToolExecutor tool;
  private final Run run;

  private RecordedTool(ToolExecutor tool, Run run) {
    this.tool = tool;
    this.run = run;
  }

  static ToolExecutor of(ToolExecutor tool, Run run) {
    return tool instanceof RecordedTool ? tool : new RecordedTool(tool, run);
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    return recorded(request, () -> tool.execute(request, memoryId), this::answered);
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    return recorded(request, () -> tool.executeWithContext(request, context), this::ended);
  }

  private <T> T recorded(
      ToolExecutionRequest request, Supplier<T> body, BiConsumer<Span, T> facts) {
    Span[] started = new Span[1];
    run.quietly(
        "start of a tool", () -> started[0] = run.onlooker().startInactiveSpan(options(request)));
    Span span = started[0];
    if (span == null) {
      return body.get();
    }
    try {
      T result = run.onlooker().withSpan(span, any -> body.get());
      run.quietly("result of a tool", () -> facts.accept(span, result));
      return result;
    } catch (Throwable e) {
      span.recordException(cause(e)).set(Details.Tool.ended(false));
      throw e;
    } finally {
      span.end();
    }
  }

  private SpanOptions options(ToolExecutionRequest request) {
    SpanOptions options =
        tool.getClass().getName().equals(MCP)
            ? SpanOptions.mcpToolCall(request.name(), null)
            : SpanOptions.toolCall(request.name());
    options.parent(run.span()).with(Details.Tool.call(request.id()));
    return run.recording().inputs() ? options.input(arguments(request.arguments())) : options;
  }

  private void ended(Span span, ToolExecutionResult result) {
    boolean failed = result.isError();
    span.set(Details.Tool.ended(!failed));
    if (failed) {
      span.setStatus(SpanStatus.error(run.recording().outputs() ? result.resultText() : null));
    }
    if (run.recording().outputs()) {
      // Only texts: a result with an image has none, and asking for it throws.
      span.output(result.result() == null ? result.resultText() : result.result());
    }
  }

  private void answered(Span span, @Nullable String result) {
    span.set(Details.Tool.ended(true));
    if (run.recording().outputs()) {
      span.output(result);
    }
  }

  /** The arguments as an object, or as the text they are. */
  private static @Nullable Object arguments(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return null;
    }
    try {
      return Json.fromJson(json, Map.class);
    } catch (RuntimeException e) {
      return json;
    }
  }

  /** What the tool threw, without what LangChain4j puts around it. */
  private static Throwable cause(Throwable thrown) {
    boolean wrapped =
        thrown instanceof ToolExecutionException || thrown instanceof ToolArgumentsException;
    Throwable cause = thrown.getCause();
    return wrapped && cause != null ? cause : thrown;
  }
}
