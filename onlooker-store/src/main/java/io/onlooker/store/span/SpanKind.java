package io.onlooker.store.span;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a span stands for in a run of an agent. */
public enum SpanKind {
  /** A run of an agent. */
  AGENT,
  /** A call of a model that answers with text or tool calls. */
  MODEL,
  /** A call of a tool. */
  TOOL,
  /** Embeddings, retrieval, memory, a database or a cache. */
  DATA,
  /** A workflow and its parts. */
  WORKFLOW,
  /** A part of a model call that a framework reports as a span of its own. */
  WRAPPER,
  OTHER;

  /**
   * The kind of a span whose attributes the server has normalised.
   *
   * <p>Everything of a GenAI library that is neither agent, tool nor handoff counts as {@code
   * ai_client} there, the inner spans of frameworks included; they are told apart here by operation
   * name, and by op where a client gives all of them the same one ({@code ai.span}).
   */
  public static SpanKind of(SpanData span) {
    return switch (span.attributes().string(GenAi.OPERATION_TYPE)) {
      case "agent" -> "create_agent".equals(operation(span)) ? OTHER : AGENT;
      case "tool" -> TOOL;
      case "ai_client" -> ofClient(operation(span), span.op());
      case null, default -> ofOp(span.op());
    };
  }

  private static SpanKind ofClient(String operation, @Nullable String op) {
    return switch (operation) {
      case "model_generation", "model_step", "agent_step", "model_inference", "model_chunk" ->
          WRAPPER;
      case "embeddings", "rerank", "retrieval", "mapping", "graph_action" -> DATA;
      case "generic", "processor_run", "agent_signal", "mcp_server_request" -> OTHER;
      default -> ofClientFamily(operation, op);
    };
  }

  private static SpanKind ofClientFamily(String operation, @Nullable String op) {
    if (startsWithAny(operation, "rag_", "memory", "search_memory", "workspace_", "skill_")) {
      return DATA;
    }
    if (startsWithAny(operation, "workflow_", "invoke_workflow")) {
      return WORKFLOW;
    }
    if (startsWithAny(operation, "scorer_", "classifier_")) {
      return OTHER;
    }
    SpanKind byOp = ofOp(op);
    return byOp == OTHER && !startsWithAny(op, "ai.span", "ai.processor") ? MODEL : byOp;
  }

  private static SpanKind ofOp(@Nullable String op) {
    if (startsWithAny(op, "workflow.")) {
      return WORKFLOW;
    }
    return startsWithAny(op, "db", "cache.", "gen_ai.embeddings", "gen_ai.memory") ? DATA : OTHER;
  }

  private static String operation(SpanData span) {
    String name = span.attributes().string(GenAi.OPERATION_NAME);
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  private static boolean startsWithAny(@Nullable String text, String... starts) {
    if (text != null) {
      for (String start : starts) {
        if (text.startsWith(start)) {
          return true;
        }
      }
    }
    return false;
  }
}
