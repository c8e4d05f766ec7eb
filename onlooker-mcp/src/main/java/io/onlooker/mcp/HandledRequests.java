package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Request;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests of one method as they reach their handlers, whatever the transport. */
record HandledRequests(String method, Supplier<Onlooker> onlooker) {

  /** The span of a request; null when nothing is recorded. */
  @Nullable ServerCall start(Caller caller, Request request) {
    Onlooker here = onlooker.get();
    ServerCall[] started = new ServerCall[1];
    if (here.enabled()) {
      here.guarded("start of an MCP handler", () -> started[0] = start(here, caller, request));
    }
    return started[0];
  }

  private ServerCall start(Onlooker here, Caller caller, Request request) {
    Map<String, Object> params = params(request);
    Map<String, Object> meta = Json.fields(request.meta(), null);
    boolean asked = meta.keySet().stream().anyMatch(HandledRequests::tellsOfCaller);
    Recording recording = Recording.of(here, null, null);
    SpanOptions options = options(params, asked, caller.client());
    if (recording.inputs()) {
      options.input(Requests.input(method, params));
    }
    Span span =
        asked
            ? here.continueTrace(meta, () -> here.startInactiveSpan(options))
            : here.startInactiveSpan(options);
    return new ServerCall(here, recording, span, method);
  }

  private static boolean tellsOfCaller(String key) {
    return key.equalsIgnoreCase("traceparent") || key.equalsIgnoreCase("sentry-trace");
  }

  /** A tool is counted once: by the client that tells of its call, else here. */
  private SpanOptions options(
      Map<String, Object> params, boolean asked, @Nullable Implementation client) {
    String tool = method.equals(Requests.TOOL) ? Requests.target(method, params) : null;
    SpanOptions options =
        tool == null || asked
            ? Requests.generic(method, params, "mcp.server")
            : SpanOptions.mcpToolCall(tool, null).attribute("mcp.tool.name", tool);
    return Requests.facts(options, method, null)
        .attribute("mcp.client.name", client == null ? null : client.name())
        .attribute("mcp.client.version", client == null ? null : client.version());
  }

  private static Map<String, Object> params(Request request) {
    if (request instanceof CallToolRequest call) {
      return named(call.name(), call.arguments());
    }
    if (request instanceof GetPromptRequest prompt) {
      return named(prompt.name(), prompt.arguments());
    }
    return request instanceof ReadResourceRequest resource
        ? Map.of("uri", resource.uri())
        : Map.of();
  }

  private static Map<String, Object> named(String name, @Nullable Map<String, Object> arguments) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", name);
    if (arguments != null) {
      params.put("arguments", arguments);
    }
    return params;
  }
}
