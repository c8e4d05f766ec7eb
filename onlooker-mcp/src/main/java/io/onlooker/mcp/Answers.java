package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.onlooker.Details;
import io.onlooker.ErrorInfo;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.Content;
import io.onlooker.instrument.Recording;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how a request was answered. A tool may fail in its result, or in the protocol. */
final class Answers {

  private Answers() {}

  static void write(
      Span span,
      String method,
      JSONRPCResponse response,
      Map<String, Object> result,
      Recording recording) {
    if (response.error() != null) {
      fault(span, response.error(), method);
      return;
    }
    result(span, method, result, recording);
  }

  static void result(Span span, String method, Map<String, Object> result, Recording recording) {
    if (recording.outputs()) {
      span.output(Content.withoutBlobs(output(method, result)));
    }
    if (method.equals(Requests.TOOL)) {
      toolResult(span, result, recording);
    }
  }

  /** The protocol's own failure: its code is the error's type. */
  static void fault(Span span, JSONRPCError error, String method) {
    String code = String.valueOf(error.code());
    span.error(new ErrorInfo(code, error.message(), null, null, null, List.of()));
    span.setAttribute("rpc.response.status_code", code);
    if (method.equals(Requests.TOOL)) {
      span.set(Details.Tool.ended(false));
    }
  }

  private static void toolResult(Span span, Map<String, Object> result, Recording recording) {
    boolean failed = Boolean.TRUE.equals(result.get("isError"));
    span.set(Details.Tool.ended(!failed))
        .setAttribute("mcp.tool.result.is_error", failed)
        .setAttribute("mcp.tool.result.content_count", Json.list(result, "content").size());
    if (failed) {
      Object said = output(Requests.TOOL, result);
      String why = recording.outputs() && said instanceof String text ? text : null;
      span.setStatus(SpanStatus.error(why));
    }
  }

  /** The one text that most tools answer, else all of it. */
  private static @Nullable Object output(String method, Map<String, Object> result) {
    if (!method.equals(Requests.TOOL)) {
      return result.isEmpty() ? null : result;
    }
    if (result.get("structuredContent") != null) {
      return result.get("structuredContent");
    }
    List<?> content = Json.list(result, "content");
    boolean oneText =
        content.size() == 1
            && content.get(0) instanceof Map<?, ?> part
            && "text".equals(part.get("type"));
    return oneText && content.get(0) instanceof Map<?, ?> part ? part.get("text") : content;
  }
}
