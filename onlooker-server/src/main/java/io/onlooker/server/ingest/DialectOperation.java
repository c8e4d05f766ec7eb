package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a span did, in the words of the GenAI conventions, told from what instrumentations write
 * that have words of their own.
 */
final class DialectOperation {

  private DialectOperation() {}

  /**
   * {@code chat}, {@code invoke_agent} …, or null for a span of none of these dialects.
   *
   * @param first whether nothing is above the span
   */
  static @Nullable String of(Attributes span, boolean first) {
    String kind = span.string("openinference.span.kind");
    if (kind != null) {
      return ofOpenInference(kind.toUpperCase(Locale.ROOT), first);
    }
    if (span.has("llm.request.type") || span.has("traceloop.span.kind")) {
      return ofTraceloop(word(span, "llm.request.type"), word(span, "traceloop.span.kind"));
    }
    String vercel = span.string("ai.operationId");
    if (vercel != null) {
      return ofVercel(vercel);
    }
    if (span.has(Langfuse.TYPE)) {
      return Langfuse.operation(word(span, Langfuse.TYPE), span, first);
    }
    if (word(span, "spring.ai.kind").equals("tool_call")) {
      return "execute_tool";
    }
    return ofAdk(span);
  }

  /** Graphs and chains of LangChain are chains all the way down: the first is the agent's run. */
  private static @Nullable String ofOpenInference(String kind, boolean first) {
    return switch (kind) {
      case "LLM" -> "chat";
      case "AGENT" -> "invoke_agent";
      case "CHAIN" -> first ? "invoke_agent" : null;
      case "TOOL" -> "execute_tool";
      case "EMBEDDING" -> "embeddings";
      case "RETRIEVER" -> "retrieval";
      case "RERANKER" -> "rerank";
      default -> null;
    };
  }

  private static @Nullable String ofTraceloop(String request, String kind) {
    return switch (request) {
      case "chat" -> "chat";
      case "completion" -> "text_completion";
      case "embedding" -> "embeddings";
      case "rerank" -> "rerank";
      default ->
          switch (kind) {
            case "agent" -> "invoke_agent";
            case "tool" -> "execute_tool";
            default -> null;
          };
    };
  }

  private static @Nullable String ofVercel(String id) {
    if (id.contains(".doGenerate") || id.contains(".doStream")) {
      return "chat";
    }
    return switch (id) {
      case "ai.generateText", "ai.streamText", "ai.generateObject", "ai.streamObject" ->
          "invoke_agent";
      case "ai.toolCall" -> "execute_tool";
      default -> id.startsWith("ai.embed") && id.endsWith(".doEmbed") ? "embeddings" : null;
    };
  }

  private static @Nullable String ofAdk(Attributes span) {
    if (span.has("gcp.vertex.agent.llm_request")) {
      return "chat";
    }
    return span.has("gcp.vertex.agent.tool_call_args") ? "execute_tool" : null;
  }

  private static String word(Attributes span, String name) {
    String word = span.string(name);
    return word == null ? "" : word.toLowerCase(Locale.ROOT);
  }
}
