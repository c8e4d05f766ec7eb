package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpTransport;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.instrument.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests of one client that wait for an answer, by their ids. Safe for many threads. */
final class ClientCalls {

  private static final String TRACEPARENT = "traceparent";

  private final McpTransport transport;
  private final Supplier<Onlooker> onlooker;
  private final Map<String, Call> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable String greeting;
  private volatile Details.McpServer server = new Details.McpServer(null, null, null);

  ClientCalls(McpTransport transport, Supplier<Onlooker> onlooker) {
    this.transport = transport;
    this.onlooker = onlooker;
  }

  /** The request as it goes out: the given one, or a copy that tells where it belongs. */
  JSONRPCRequest sent(JSONRPCRequest request) {
    if (request.method().equals("initialize")) {
      greeting = String.valueOf(request.id());
    }
    Onlooker here = onlooker.get();
    if (!here.enabled() || !Requests.isWork(request.method())) {
      return request;
    }
    JSONRPCRequest[] out = {request};
    here.guarded("start of an MCP call", () -> out[0] = recorded(here, request));
    return out[0];
  }

  private JSONRPCRequest recorded(Onlooker here, JSONRPCRequest request) {
    Map<String, Object> params = Json.fields(request.params(), transport);
    Span current = here.currentSpan();
    boolean known =
        request.method().equals(Requests.TOOL)
            && current.recording()
            && current.type() == SpanType.MCP_TOOL_CALL;
    Span span = known ? current.set(server) : start(here, request, params);
    String trace = here.withSpan(span, any -> here.traceData()).get(TRACEPARENT);
    return trace == null ? request : with(trace, request, params);
  }

  private Span start(Onlooker here, JSONRPCRequest request, Map<String, Object> params) {
    String id = String.valueOf(request.id());
    Recording recording = Recording.of(here, null, null);
    SpanOptions options = options(request, params).endWhenIdle(() -> waiting.remove(id));
    if (recording.inputs()) {
      options.input(Requests.input(request.method(), params));
    }
    Span span = here.startInactiveSpan(options);
    if (span.recording()) {
      waiting.put(id, new Call(here, recording, span, request.method()));
    }
    return span;
  }

  private SpanOptions options(JSONRPCRequest request, Map<String, Object> params) {
    String method = request.method();
    String tool = method.equals(Requests.TOOL) ? Requests.target(method, params) : null;
    SpanOptions options =
        tool == null
            ? Requests.generic(method, params, "mcp.client")
            : SpanOptions.mcpToolCall(tool, null);
    return Requests.facts(options, method, request.id()).with(server);
  }

  /** A copy: the application may use its own once more. */
  private static JSONRPCRequest with(
      String trace, JSONRPCRequest request, Map<String, Object> params) {
    Map<String, Object> meta = new LinkedHashMap<>(Json.object(params, "_meta"));
    meta.putIfAbsent(TRACEPARENT, trace);
    Map<String, Object> all = new LinkedHashMap<>(params);
    all.put("_meta", meta);
    return new JSONRPCRequest(request.jsonrpc(), request.method(), request.id(), all);
  }

  void received(JSONRPCMessage message) {
    if (message instanceof JSONRPCResponse response) {
      String id = String.valueOf(response.id());
      if (id.equals(greeting)) {
        onlooker.get().guarded("greeting of an MCP server", () -> greeted(response));
      }
      Call call = waiting.remove(id);
      if (call != null) {
        call.onlooker()
            .guarded(
                "answer of an MCP server",
                () -> call.answered(response, Json.fields(response.result(), transport)));
        call.span().end();
      }
    }
  }

  private void greeted(JSONRPCResponse response) {
    Map<String, Object> info = Json.object(Json.fields(response.result(), transport), "serverInfo");
    server = new Details.McpServer(Json.text(info, "name"), Json.text(info, "version"), null);
  }

  void failed(Object id, Throwable cause) {
    Call call = waiting.remove(String.valueOf(id));
    if (call != null) {
      if (cause instanceof CancellationException) {
        call.span().setStatus(SpanStatus.CANCELLED);
      } else {
        call.span().recordException(cause);
      }
      call.span().set(Details.Tool.ended(false)).end();
    }
  }

  /** Nobody will answer any more. */
  void closed() {
    for (String id : List.copyOf(waiting.keySet())) {
      Call call = waiting.remove(id);
      if (call != null) {
        SpanStatus status = new SpanStatus(SpanStatus.Code.CANCELLED, "connection closed");
        call.span().setStatus(status).end();
      }
    }
  }

  private record Call(Onlooker onlooker, Recording recording, Span span, String method) {

    void answered(JSONRPCResponse response, Map<String, Object> result) {
      Answers.write(span, method, response, result, recording);
    }
  }
}
