package io.onlooker.export;

import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import java.util.Locale;

/** The operation and the name each type of span has in Sentry (seed 000). */
final class SpanNames {

  private SpanNames() {}

  /** The operation the application gave, else that of the type. */
  static String op(SpanSnapshot span) {
    return span.op() == null ? op(span.type(), operation(span)) : span.op();
  }

  private static String op(SpanType type, String operation) {
    return switch (type) {
      case AGENT_RUN -> "gen_ai.invoke_agent";
      case MODEL_GENERATION -> "gen_ai." + operation;
      case TOOL_CALL, MCP_TOOL_CALL -> "gen_ai.execute_tool";
      case WORKFLOW_RUN -> "workflow.run";
      case WORKFLOW_STEP -> "workflow.step";
      case WORKFLOW_CONDITIONAL -> "workflow.conditional";
      case WORKFLOW_PARALLEL -> "workflow.parallel";
      case WORKFLOW_LOOP -> "workflow.loop";
      case PROCESSOR_RUN -> "ai.processor";
      case GENERIC, MODEL_STEP, MODEL_CHUNK -> "ai.span";
    };
  }

  /** {@code gen_ai.operation.name}: what the application said, else the type's. */
  static String operation(SpanSnapshot span) {
    String given = span.attributes().string(GenAi.OPERATION_NAME);
    if (given != null) {
      return given;
    }
    return switch (span.type()) {
      case AGENT_RUN -> "invoke_agent";
      case MODEL_GENERATION -> "chat";
      case TOOL_CALL, MCP_TOOL_CALL -> "execute_tool";
      case WORKFLOW_RUN -> "invoke_workflow";
      default -> type(span.type());
    };
  }

  /** The type as it stands in {@code ai.span.type}. */
  static String type(SpanType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The operation and what it was done with or by; free-form spans, and spans that name neither,
   * keep their own name.
   */
  static String name(SpanSnapshot span) {
    String identifier =
        switch (span.type()) {
          case GENERIC -> "";
          case MODEL_GENERATION -> text(span, GenAi.REQUEST_MODEL);
          case TOOL_CALL, MCP_TOOL_CALL -> identifier(span, GenAi.TOOL_NAME);
          case AGENT_RUN -> identifier(span, GenAi.AGENT_NAME);
          default -> identifier(span, "");
        };
    return identifier.isEmpty() ? span.name() : operation(span) + " " + identifier;
  }

  /** The entity's name, else its id, else the attribute, else nothing. */
  static String identifier(SpanSnapshot span, String attribute) {
    if (span.entityName() != null) {
      return span.entityName();
    }
    return span.entityId() != null ? span.entityId() : text(span, attribute);
  }

  private static String text(SpanSnapshot span, String attribute) {
    String text = span.attributes().string(attribute);
    return text == null ? "" : text;
  }
}
