package io.onlooker;

/** What a span stands for in the life of an agent (seed 000; {@link #GENERIC} for all the rest). */
public enum SpanType {
  /** One run of an agent, from the question to the answer. */
  AGENT_RUN,
  /** One request to a model, with all rounds of its answer. */
  MODEL_GENERATION,
  /** One round within a generation; sent as part of it. */
  MODEL_STEP,
  /** One piece of a streamed answer; sent as part of the generation. */
  MODEL_CHUNK,
  /** One execution of a tool in the application. */
  TOOL_CALL,
  /** One execution of a tool that an MCP server offers. */
  MCP_TOOL_CALL,
  /** One run of a workflow. */
  WORKFLOW_RUN,
  /** One step of a workflow. */
  WORKFLOW_STEP,
  /** The choice between branches of a workflow. */
  WORKFLOW_CONDITIONAL,
  /** Branches of a workflow that run at the same time. */
  WORKFLOW_PARALLEL,
  /** Steps of a workflow that are repeated. */
  WORKFLOW_LOOP,
  /** What checks or changes an agent's input or output: a guardrail, a memory. */
  PROCESSOR_RUN,
  /** Any other work; its operation says which. */
  GENERIC
}
