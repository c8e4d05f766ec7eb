package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operation in Sentry's sense, which OpenTelemetry spans do not have, from their conventions:
 * one word for queries over the spans of both worlds.
 */
final class OtlpOperation {

  /** Operations of the GenAI conventions; other values are a framework's own. */
  private static final Set<String> GEN_AI =
      Set.of(
          "chat",
          "responses",
          "generate_content",
          "text_completion",
          "embeddings",
          "rerank",
          "retrieval",
          "create_agent",
          "invoke_agent",
          "execute_tool",
          "handoff",
          "decide",
          "evaluate");

  private OtlpOperation() {}

  /**
   * The operation, or null.
   *
   * @param first whether nothing is above the span
   */
  static @Nullable String of(Attributes span, boolean first) {
    String own = span.string("sentry.op");
    if (own != null) {
      return own;
    }
    String dialect = DialectOperation.of(span, first);
    if (dialect != null) {
      return "gen_ai." + dialect;
    }
    String operation = span.string(GenAi.OPERATION_NAME);
    if (operation != null && !operation.isEmpty()) {
      return agentic(operation, span);
    }
    return technical(span);
  }

  private static String agentic(String operation, Attributes span) {
    if (GEN_AI.contains(operation) || span.has(GenAi.REQUEST_MODEL)) {
      return "gen_ai." + operation;
    }
    if (operation.equals("invoke_workflow")) {
      return "workflow.run";
    }
    return operation.startsWith("workflow_")
        ? "workflow." + operation.substring("workflow_".length())
        : "ai." + operation;
  }

  private static @Nullable String technical(Attributes span) {
    String kind = span.string("span.kind");
    if (span.has("http.request.method") || span.has("http.method")) {
      return "server".equals(kind) ? "http.server" : "http.client";
    }
    if (span.has("db.system.name") || span.has("db.system")) {
      return "db";
    }
    if (span.has("messaging.system")) {
      return "queue." + messaging(span, kind);
    }
    if (span.has("rpc.system") || span.has("rpc.system.name")) {
      return "server".equals(kind) ? "rpc.server" : "rpc.client";
    }
    if (span.has("mcp.method.name")) {
      return "server".equals(kind) ? "mcp.server" : "mcp.client";
    }
    return kind;
  }

  private static String messaging(Attributes span, @Nullable String kind) {
    String type = span.string("messaging.operation.type");
    String word = type == null ? span.string("messaging.operation") : type;
    if (word == null) {
      return "consumer".equals(kind) ? "process" : "publish";
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "send", "publish" -> "publish";
      case "process", "deliver" -> "process";
      case "create" -> "create";
      case "settle" -> "settle";
      default -> "receive";
    };
  }
}
