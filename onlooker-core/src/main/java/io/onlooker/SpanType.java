package io.onlooker;

/** What a span stands for in the life of an agent (seed 000; {@link #GENERIC} for all the rest). */
public enum SpanType {
  AGENT_RUN,
  MODEL_GENERATION,
  MODEL_STEP,
  MODEL_CHUNK,
  TOOL_CALL,
  MCP_TOOL_CALL,
  WORKFLOW_RUN,
  WORKFLOW_STEP,
  WORKFLOW_CONDITIONAL,
  WORKFLOW_PARALLEL,
  WORKFLOW_LOOP,
  PROCESSOR_RUN,
  GENERIC
}
