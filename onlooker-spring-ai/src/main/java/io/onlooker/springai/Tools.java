package io.onlooker.springai;

import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

/** Executions of tools. */
final class Tools implements Kind<ToolCallingObservationContext> {

  static final Tools KIND = new Tools();

  private Tools() {}

  @Override
  public SpanOptions start(ToolCallingObservationContext context, Recording recording) {
    String id = context.getToolCallId();
    String name = context.getToolDefinition().name();
    SpanOptions options =
        McpTools.has(context, name)
            ? SpanOptions.mcpToolCall(name, null)
            : SpanOptions.toolCall(name);
    options.with(Details.Tool.call(id.isEmpty() ? null : id));
    return recording.inputs() ? options.input(Json.read(context.getToolCallArguments())) : options;
  }

  @Override
  public void end(ToolCallingObservationContext context, Span span, Recording recording) {
    Node node = Node.of(context);
    boolean failed = context.getError() != null || (node != null && node.failure() != null);
    span.set(Details.Tool.ended(!failed));
    if (recording.outputs()) {
      span.output(result(context.getToolCallResult()));
    }
  }

  /** Spring AI writes results as JSON, a text too: it is shown as the text that the tool gave. */
  private static @Nullable Object result(@Nullable String json) {
    return json != null && json.startsWith("\"") ? Json.read(json) : json;
  }

  @Override
  public Throwable cause(Throwable error) {
    return ToolFailures.cause(error);
  }
}
