package io.onlooker;

/**
 * Names of attributes and operations as today's GenAI conventions spell them.
 *
 * <p>Older and foreign spellings stand in two tables only: the SDK's, which writes them beside
 * these, and the server's, which folds them into these.
 */
public final class GenAi {

  public static final String AGENT_NAME = "gen_ai.agent.name";
  public static final String AGENT_ID = "gen_ai.agent.id";
  public static final String PIPELINE_NAME = "gen_ai.pipeline.name";
  public static final String CONVERSATION_ID = "gen_ai.conversation.id";
  public static final String OPERATION_NAME = "gen_ai.operation.name";

  /** Derived by the server: {@code agent}, {@code ai_client}, {@code tool} or {@code handoff}. */
  public static final String OPERATION_TYPE = "gen_ai.operation.type";

  public static final String PROVIDER_NAME = "gen_ai.provider.name";
  public static final String REQUEST_MODEL = "gen_ai.request.model";
  public static final String REQUEST_TEMPERATURE = "gen_ai.request.temperature";
  public static final String REQUEST_MAX_TOKENS = "gen_ai.request.max_tokens";
  public static final String REQUEST_TOP_P = "gen_ai.request.top_p";
  public static final String REQUEST_TOP_K = "gen_ai.request.top_k";
  public static final String REQUEST_PRESENCE_PENALTY = "gen_ai.request.presence_penalty";
  public static final String REQUEST_FREQUENCY_PENALTY = "gen_ai.request.frequency_penalty";
  public static final String REQUEST_STOP_SEQUENCES = "gen_ai.request.stop_sequences";
  public static final String REQUEST_SEED = "gen_ai.request.seed";
  public static final String REQUEST_STREAM = "gen_ai.request.stream";

  public static final String RESPONSE_ID = "gen_ai.response.id";
  public static final String RESPONSE_MODEL = "gen_ai.response.model";
  public static final String RESPONSE_TEXT = "gen_ai.response.text";
  public static final String RESPONSE_TOOL_CALLS = "gen_ai.response.tool_calls";
  public static final String RESPONSE_FINISH_REASONS = "gen_ai.response.finish_reasons";
  public static final String RESPONSE_STREAMING = "gen_ai.response.streaming";

  /** Seconds from the request to the first chunk of content. */
  public static final String RESPONSE_TIME_TO_FIRST_CHUNK = "gen_ai.response.time_to_first_chunk";

  public static final String INPUT_MESSAGES = "gen_ai.input.messages";
  public static final String OUTPUT_MESSAGES = "gen_ai.output.messages";
  public static final String SYSTEM_INSTRUCTIONS = "gen_ai.system_instructions";

  public static final String TOOL_NAME = "gen_ai.tool.name";
  public static final String TOOL_TYPE = "gen_ai.tool.type";
  public static final String TOOL_DESCRIPTION = "gen_ai.tool.description";
  public static final String TOOL_DEFINITIONS = "gen_ai.tool.definitions";
  public static final String TOOL_CALL_ID = "gen_ai.tool.call.id";
  public static final String TOOL_CALL_ARGUMENTS = "gen_ai.tool.call.arguments";
  public static final String TOOL_CALL_RESULT = "gen_ai.tool.call.result";
  public static final String TOOL_SUCCESS = "tool.success";

  /** All input tokens, cached ones included. */
  public static final String USAGE_INPUT_TOKENS = "gen_ai.usage.input_tokens";

  /** All output tokens, reasoning included. */
  public static final String USAGE_OUTPUT_TOKENS = "gen_ai.usage.output_tokens";

  public static final String USAGE_TOTAL_TOKENS = "gen_ai.usage.total_tokens";
  public static final String USAGE_CACHE_READ = "gen_ai.usage.cache_read.input_tokens";
  public static final String USAGE_CACHE_CREATION = "gen_ai.usage.cache_creation.input_tokens";
  public static final String USAGE_REASONING = "gen_ai.usage.reasoning.output_tokens";

  /** How many steps the agent may take at most. */
  public static final String AGENT_MAX_STEPS = "gen_ai.agent.max_steps";

  public static final String STEP_INDEX = "gen_ai.step.index";
  public static final String STEP_CONTINUED = "gen_ai.step.continued";
  public static final String CHUNK_TYPE = "gen_ai.chunk.type";
  public static final String CHUNK_SEQUENCE = "gen_ai.chunk.sequence";
  public static final String MCP_SERVER_NAME = "mcp.server.name";
  public static final String MCP_SERVER_VERSION = "mcp.server.version";

  public static final String WORKFLOW_ID = "workflow.id";
  public static final String WORKFLOW_STATUS = "workflow.status";
  public static final String WORKFLOW_STEP_ID = "workflow.step.id";
  public static final String WORKFLOW_STEP_STATUS = "workflow.step.status";
  public static final String WORKFLOW_CONDITION_COUNT = "workflow.conditional.count";
  public static final String WORKFLOW_TRUTHY_INDEXES = "workflow.conditional.truthy_indexes";
  public static final String WORKFLOW_SELECTED_STEPS = "workflow.conditional.selected_steps";
  public static final String WORKFLOW_BRANCH_COUNT = "workflow.parallel.count";
  public static final String WORKFLOW_PARALLEL_STEPS = "workflow.parallel.steps";

  /** {@code foreach}, {@code dowhile} or {@code dountil}. */
  public static final String WORKFLOW_LOOP_TYPE = "workflow.loop.type";

  public static final String WORKFLOW_LOOP_ITERATION = "workflow.loop.iteration";
  public static final String WORKFLOW_LOOP_TOTAL = "workflow.loop.total_iterations";
  public static final String WORKFLOW_LOOP_CONCURRENCY = "workflow.loop.concurrency";
  public static final String PROCESSOR_EXECUTOR = "processor.executor";
  public static final String PROCESSOR_INDEX = "processor.index";
  public static final String PROCESSOR_PHASE = "processor.phase";

  public static final String ERROR_TYPE = "error.type";
  public static final String ERROR_MESSAGE = "error.message";
  public static final String USER_ID = "user.id";
  public static final String SERVER_ADDRESS = "server.address";
  public static final String SERVER_PORT = "server.port";

  private GenAi() {}
}
