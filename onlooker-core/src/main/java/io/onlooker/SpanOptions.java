package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a span is to be when it starts: one factory per {@link SpanType}, then what else is known.
 *
 * <p>One object may start many spans, from many threads, as long as nothing is changed meanwhile.
 */
public final class SpanOptions {

  private final SpanType type;
  private final String name;
  private final FactLog facts = new FactLog();
  private Map<String, Object> metadata = Map.of();
  private @Nullable String op;
  private @Nullable Span parent;
  private @Nullable Instant start;
  private @Nullable TraceOptions trace;
  private @Nullable Runnable whenIdle;
  private boolean event;

  private SpanOptions(SpanType type, String name) {
    this.type = type;
    this.name = requireNonNull(name, "name");
  }

  /** Any work: {@link SpanType#GENERIC}, told apart by its {@link #op}. */
  public static SpanOptions named(String name) {
    return new SpanOptions(SpanType.GENERIC, name);
  }

  /** One run of an agent. */
  public static SpanOptions agentRun(String agentName) {
    return new SpanOptions(SpanType.AGENT_RUN, "invoke_agent " + agentName)
        .entity(null, agentName)
        .attribute(GenAi.OPERATION_NAME, "invoke_agent")
        .attribute(GenAi.AGENT_NAME, agentName);
  }

  /**
   * One request to a model, with all that belongs to its answer.
   *
   * @param model as asked for: {@code gpt-4o-mini}
   * @param provider {@code openai}, {@code anthropic} …
   */
  public static SpanOptions modelGeneration(String model, @Nullable String provider) {
    return new SpanOptions(SpanType.MODEL_GENERATION, "chat " + model)
        .attribute(GenAi.OPERATION_NAME, "chat")
        .attribute(GenAi.REQUEST_MODEL, model)
        .attribute(GenAi.PROVIDER_NAME, provider);
  }

  /** One round within a generation: a model call and the tools it asked for. */
  public static SpanOptions modelStep(int index) {
    return new SpanOptions(SpanType.MODEL_STEP, "model_step " + index)
        .attribute(GenAi.STEP_INDEX, index);
  }

  /** One piece of a streamed answer. */
  public static SpanOptions modelChunk(String chunkType, int sequence) {
    return new SpanOptions(SpanType.MODEL_CHUNK, "model_chunk " + chunkType)
        .attribute(GenAi.CHUNK_TYPE, chunkType)
        .attribute(GenAi.CHUNK_SEQUENCE, sequence);
  }

  /** One execution of a tool. */
  public static SpanOptions toolCall(String toolName) {
    return tool(SpanType.TOOL_CALL, toolName).attribute(GenAi.TOOL_TYPE, "function");
  }

  /** One execution of a tool that an MCP server offers; null when the server has no name. */
  public static SpanOptions mcpToolCall(String toolName, @Nullable String serverName) {
    return tool(SpanType.MCP_TOOL_CALL, toolName).attribute(GenAi.MCP_SERVER_NAME, serverName);
  }

  /** One run of a workflow. */
  public static SpanOptions workflowRun(String workflowId) {
    return new SpanOptions(SpanType.WORKFLOW_RUN, "invoke_workflow " + workflowId)
        .entity(workflowId, workflowId)
        .attribute(GenAi.WORKFLOW_ID, workflowId);
  }

  /** One step of a workflow. */
  public static SpanOptions workflowStep(String stepId) {
    return new SpanOptions(SpanType.WORKFLOW_STEP, "workflow_step " + stepId)
        .entity(stepId, stepId)
        .attribute(GenAi.WORKFLOW_STEP_ID, stepId);
  }

  /** The choice of the branches to take. */
  public static SpanOptions workflowConditional(Details.Conditional conditional) {
    String name = "workflow_conditional " + conditional.count();
    return new SpanOptions(SpanType.WORKFLOW_CONDITIONAL, name).with(conditional);
  }

  /** Branches that run at the same time. */
  public static SpanOptions workflowParallel(Details.Parallel parallel) {
    String name = "workflow_parallel " + parallel.count();
    return new SpanOptions(SpanType.WORKFLOW_PARALLEL, name).with(parallel);
  }

  /** Steps that are repeated. */
  public static SpanOptions workflowLoop(Details.Loop loop) {
    return new SpanOptions(SpanType.WORKFLOW_LOOP, "workflow_loop " + loop.type()).with(loop);
  }

  /** What checks or changes an agent's input or output: a guardrail, a memory, a redaction. */
  public static SpanOptions processorRun(String processorName) {
    return new SpanOptions(SpanType.PROCESSOR_RUN, "processor_run " + processorName)
        .entity(null, processorName);
  }

  private static SpanOptions tool(SpanType type, String toolName) {
    return new SpanOptions(type, "execute_tool " + toolName)
        .entity(null, toolName)
        .attribute(GenAi.OPERATION_NAME, "execute_tool")
        .attribute(GenAi.TOOL_NAME, toolName);
  }

  /** The same options under another name: {@code agentRun("support").renamed("Support agent")}. */
  public SpanOptions renamed(String newName) {
    facts.add(Fact.NAME, requireNonNull(newName, "newName"));
    return this;
  }

  /** Sentry's operation, {@code queue.publish}; without one it follows from the type. */
  public SpanOptions op(String operation) {
    op = requireNonNull(operation, "operation");
    return this;
  }

  /** Sets an attribute; null sets nothing. */
  public SpanOptions attribute(String attribute, @Nullable Object value) {
    requireNonNull(attribute, "attribute");
    if (value != null) {
      facts.add(attribute, value);
    }
    return this;
  }

  /** Sets each pair as an attribute; null values set nothing. */
  public SpanOptions attributes(Map<String, ?> attributes) {
    attributes.forEach(this::attribute);
    return this;
  }

  /** Sets the attributes that the details stand for. */
  public SpanOptions with(Details details) {
    details.write(this::attribute);
    return this;
  }

  /** What runs: an agent, a tool, a workflow; spans of models below an agent take the agent's. */
  public SpanOptions entity(@Nullable String id, @Nullable String entityName) {
    return fact(Fact.ENTITY_ID, id).fact(Fact.ENTITY_NAME, entityName);
  }

  /** What the work is given: kept as it is and read later, on Onlooker's thread. */
  public SpanOptions input(@Nullable Object input) {
    return fact(Fact.INPUT, input);
  }

  /** Attaches a value for people; child spans have it too. */
  public SpanOptions metadata(String metadataName, @Nullable Object value) {
    requireNonNull(metadataName, "metadataName");
    if (value != null) {
      // A copy each time: most options have none, and then the map is not made at all.
      Map<String, Object> more = new LinkedHashMap<>(metadata);
      more.put(metadataName, value);
      metadata = more;
    }
    return this;
  }

  /** The span above this one; without it the thread's current span is. */
  public SpanOptions parent(@Nullable Span span) {
    parent = span;
    return this;
  }

  /** What holds for the whole trace; counts on a span without a parent only. */
  public SpanOptions trace(@Nullable TraceOptions options) {
    trace = options;
    return this;
  }

  /** When the work began, if it is known only now. */
  public SpanOptions startedAt(@Nullable Instant time) {
    start = time;
    return this;
  }

  /**
   * For a span that a framework begins in one callback and ends in another, which may never come:
   * Onlooker ends it when nothing has happened for {@link OnlookerOptions#idleTimeout}, as {@link
   * SpanStatus#ABANDONED} unless something else was said, at the moment of the last news.
   *
   * <p>News is what is said about the span, and what is started, updated or ended below it. As long
   * as a span below it is open whose end is certain, one without this that is, it is not idle.
   *
   * @param lastWords called on Onlooker's thread right before Onlooker ends the span, for idleness
   *     or at shutdown, and not when its owner does: the place to let go of what is remembered by
   *     the framework's ids, and to say what is known of the outcome. It is held as long as the
   *     span is open; what is to be garbage before that must not be held by it. Never called for a
   *     span that is not {@link Span#recording}.
   */
  public SpanOptions endWhenIdle(Runnable lastWords) {
    whenIdle = requireNonNull(lastWords, "lastWords");
    return this;
  }

  /** As {@link #endWhenIdle(Runnable)}, when nothing is remembered and nothing more to say. */
  public SpanOptions endWhenIdle() {
    return endWhenIdle(() -> {});
  }

  /** Makes the span stand for one moment: it is exported at once and has no duration. */
  SpanOptions asEvent() {
    event = true;
    return this;
  }

  private SpanOptions fact(Fact key, @Nullable Object value) {
    if (value != null) {
      facts.add(key, value);
    }
    return this;
  }

  /** The name to start with; for a {@link Sampler}. */
  public String name() {
    return name;
  }

  /** The type of span; for a {@link Sampler}. */
  public SpanType type() {
    return type;
  }

  /** The operation, or null; for a {@link Sampler}. */
  public @Nullable String op() {
    return op;
  }

  FactLog facts() {
    return facts;
  }

  Map<String, Object> metadata() {
    return metadata;
  }

  @Nullable Span parent() {
    return parent;
  }

  @Nullable Instant start() {
    return start;
  }

  @Nullable TraceOptions trace() {
    return trace;
  }

  @Nullable Runnable whenIdle() {
    return whenIdle;
  }

  boolean event() {
    return event;
  }
}
