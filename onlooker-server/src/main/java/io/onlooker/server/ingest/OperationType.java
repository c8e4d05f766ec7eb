package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of actor a span stands for: {@code agent}, {@code tool}, {@code handoff} or {@code
 * ai_client}, the model itself.
 *
 * <p>Follows Sentry's map of operations, with one difference: a framework's inner span that calls
 * no model ({@code ai.span}, {@code workflow.step}) gets no type, so that model calls are not
 * counted twice.
 */
final class OperationType {

  private static final Set<String> CLIENT =
      Set.of(
          "chat",
          "responses",
          "generate_content",
          "text_completion",
          "embeddings",
          "rerank",
          "decide",
          "evaluate",
          "extract");

  private OperationType() {}

  /** The type, or null for a span without one. */
  static @Nullable String of(SpanData span) {
    String op = span.op() == null ? "" : span.op().toLowerCase(Locale.ROOT);
    String operation = span.attributes().string(GenAi.OPERATION_NAME);
    String known = ofName(operation == null ? "" : operation.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    if (op.startsWith("gen_ai.")) {
      String byOp = ofName(op.substring("gen_ai.".length()));
      return byOp == null ? "ai_client" : byOp;
    }
    return op.startsWith("ai.") ? ofLegacy(op, span.attributes()) : null;
  }

  private static @Nullable String ofName(String operation) {
    return switch (operation) {
      case "invoke_agent", "create_agent" -> "agent";
      case "execute_tool" -> "tool";
      case "handoff" -> "handoff";
      default -> CLIENT.contains(operation) ? "ai_client" : null;
    };
  }

  /** The operations of Vercel AI and of Sentry's first years. */
  private static @Nullable String ofLegacy(String op, Attributes attributes) {
    if (op.startsWith("ai.toolcall")) {
      return "tool";
    }
    if (op.contains(".dogenerate") || op.contains(".dostream")) {
      return "ai_client";
    }
    if (op.startsWith("ai.generatetext")
        || op.startsWith("ai.streamtext")
        || op.startsWith("ai.pipeline.")) {
      return "agent";
    }
    return usesModel(attributes) ? "ai_client" : null;
  }

  private static boolean usesModel(Attributes attributes) {
    return attributes.has(GenAi.REQUEST_MODEL)
        || attributes.has("ai.model_id")
        || attributes.has(GenAi.USAGE_INPUT_TOKENS)
        || attributes.has("ai.prompt_tokens.used");
  }
}
