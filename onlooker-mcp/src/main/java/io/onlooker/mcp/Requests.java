package io.onlooker.mcp;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request is called: Sentry's names, {@code tools/call add}, and its attributes. */
final class Requests {

  static final String TOOL = "tools/call";
  static final String RESOURCE = "resources/read";
  static final String PROMPT = "prompts/get";
  static final String METHOD_NAME = "mcp.method.name";
  static final String REQUEST_ID = "mcp.request.id";

  private Requests() {}

  /** Whether it asks a server for something that belongs to an agent's work. */
  static boolean isWork(String method) {
    return method.equals(TOOL) || method.equals(RESOURCE) || method.equals(PROMPT);
  }

  /** The tool, resource or prompt that a request is about. */
  static @Nullable String target(String method, Map<String, Object> params) {
    return Json.text(params, method.startsWith("resources/") ? "uri" : "name");
  }

  /** A request that is no execution of a tool in the eyes of who looks at it. */
  static SpanOptions generic(String method, Map<String, Object> params, String op) {
    String target = target(method, params);
    String name = target == null ? method : method + " " + target;
    return SpanOptions.named(name)
        .op(op)
        .attribute("mcp.tool.name", method.equals(TOOL) ? target : null)
        .attribute("mcp.prompt.name", method.startsWith("prompts/") ? target : null)
        .attribute("mcp.resource.uri", method.startsWith("resources/") ? target : null);
  }

  static SpanOptions facts(SpanOptions span, String method, @Nullable Object id) {
    return span.attribute(METHOD_NAME, method)
        .attribute(REQUEST_ID, id == null ? null : id.toString())
        .attribute(GenAi.TOOL_TYPE, method.equals(TOOL) ? "extension" : null);
  }

  /** What it is given: a tool's or prompt's arguments, a resource's address. */
  static @Nullable Object input(String method, Map<String, Object> params) {
    return method.startsWith("resources/") ? params.get("uri") : params.get("arguments");
  }
}
