package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpTransport;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.Recording;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that a server handles. */
record ServerCall(Onlooker onlooker, Recording recording, Span span, String method) {

  void answered(JSONRPCResponse response, @Nullable McpTransport transport) {
    onlooker.guarded(
        "answer to an MCP request",
        () ->
            Answers.write(
                span, method, response, Json.fields(response.result(), transport), recording));
    span.end();
  }

  /** Notes what a handler gave back; the span goes on. */
  void handled(@Nullable Object result) {
    if (result != null) {
      onlooker.guarded(
          "result of an MCP handler",
          () -> Answers.result(span, method, Json.written(result), recording));
    }
  }

  /** Runs the body with the span as the thread's current one. */
  <T extends @Nullable Object> T within(Supplier<T> body) {
    return onlooker.withSpan(span, any -> body.get());
  }

  void failed(Throwable cause) {
    JSONRPCError fault = cause instanceof McpError error ? error.getJsonRpcError() : null;
    if (fault != null) {
      Answers.fault(span, fault, method);
    } else {
      span.recordException(cause);
      if (method.equals(Requests.TOOL)) {
        span.set(Details.Tool.ended(false));
      }
    }
  }

  void cancelled() {
    span.setStatus(SpanStatus.CANCELLED).end();
  }
}
