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
   * <p>Frameworks give their inner spans operations of their own ({@code agent_step}, {@code
   * model_inference}); whether these are also marked as a client's ({@code ai_client}) does not
   * matter. Of the others a client's is a model call, unless its op is a framework's and it names
   * no model.
   */
  public static SpanKind of(SpanData span) {
    String operation = operation(span);
    return switch (span.attributes().string(GenAi.OPERATION_TYPE)) {
      case "agent" -> operation.equals("create_agent") ? OTHER : AGENT;
      case "tool" -> TOOL;
      case "ai_client" -> ofOperation(operation, span, MODEL);
      case null, default -> ofOperation(operation, span, OTHER);
    };
  }

  private static SpanKind ofOperation(String operation, SpanData span, SpanKind otherwise) {
    return switch (operation) {
      case "model_generation", "model_step", "agent_step", "model_inference", "model_chunk" ->
          WRAPPER;
      case "embeddings", "rerank", "retrieval", "mapping", "graph_action" -> DATA;
      case "generic", "processor_run", "agent_signal", "mcp_server_request" -> OTHER;
      default -> ofFamily(operation, span, otherwise);
    };
  }

  private static SpanKind ofFamily(String operation, SpanData span, SpanKind otherwise) {
    if (startsWithAny(operation, "rag_", "memory", "search_memory", "workspace_", "skill_")) {
      return DATA;
    }
    if (startsWithAny(operation, "workflow_", "invoke_workflow")) {
      return WORKFLOW;
    }
    if (startsWithAny(operation, "scorer_", "classifier_")) {
      return OTHER;
    }
    SpanKind byOp = ofOp(span.op());
    boolean inner = startsWithAny(span.op(), "ai.") && !namesModel(span);
    return byOp == OTHER && !inner ? otherwise : byOp;
  }

  private static boolean namesModel(SpanData span) {
    return span.attributes().has(GenAi.REQUEST_MODEL)
        || span.attributes().has(GenAi.RESPONSE_MODEL);
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
