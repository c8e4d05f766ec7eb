package io.onlooker;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a span of one type, in words of its own; each writes itself as attributes under
 * the names of {@link GenAi}. Null and empty: not known.
 */
public sealed interface Details
    permits Usage,
        Details.Agent,
        Details.Request,
        Details.Response,
        Details.Step,
        Details.Tool,
        Details.McpServer,
        Details.Status,
        Details.Conditional,
        Details.Parallel,
        Details.Loop,
        Details.Guardrail {

  /** Hands over each attribute; null values stand for what is not known. */
  void write(BiConsumer<String, @Nullable Object> attributes);

  /**
   * An agent.
   *
   * @param tools the names of the tools it may call
   */
  record Agent(
      @Nullable String id,
      @Nullable String instructions,
      List<String> tools,
      @Nullable Integer maxSteps,
      @Nullable String conversationId)
      implements Details {

    public Agent {
      tools = List.copyOf(tools);
    }

    /** An agent with instructions and tools, of which nothing else is known. */
    public static Agent of(@Nullable String instructions, String... tools) {
      return new Agent(null, instructions, List.of(tools), null, null);
    }

    /** The same, and how many rounds it may take at most. */
    public Agent maxSteps(int steps) {
      return new Agent(id, instructions, tools, steps, conversationId);
    }

    /** The same, in a conversation; null for none. */
    public Agent conversationId(@Nullable String conversation) {
      return new Agent(id, instructions, tools, maxSteps, conversation);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.AGENT_ID, id);
      attributes.accept(GenAi.SYSTEM_INSTRUCTIONS, instructions);
      attributes.accept(GenAi.TOOL_DEFINITIONS, tools.isEmpty() ? null : tools);
      attributes.accept(GenAi.AGENT_MAX_STEPS, maxSteps);
      attributes.accept(GenAi.CONVERSATION_ID, conversationId);
    }
  }

  /** How a model was asked. */
  record Request(
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable Double topP,
      @Nullable Double topK,
      @Nullable Double presencePenalty,
      @Nullable Double frequencyPenalty,
      List<String> stopSequences,
      @Nullable Long seed,
      @Nullable Boolean stream)
      implements Details {

    public Request {
      stopSequences = List.copyOf(stopSequences);
    }

    /** The two settings that nearly everybody sets. */
    public static Request of(@Nullable Double temperature, @Nullable Integer maxTokens) {
      return new Request(temperature, maxTokens, null, null, null, null, List.of(), null, null);
    }

    /** The same, and whether the answer is to come in pieces. */
    public Request streaming(boolean streaming) {
      return new Request(
          temperature,
          maxTokens,
          topP,
          topK,
          presencePenalty,
          frequencyPenalty,
          stopSequences,
          seed,
          streaming);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.REQUEST_TEMPERATURE, temperature);
      attributes.accept(GenAi.REQUEST_MAX_TOKENS, maxTokens);
      attributes.accept(GenAi.REQUEST_TOP_P, topP);
      attributes.accept(GenAi.REQUEST_TOP_K, topK);
      attributes.accept(GenAi.REQUEST_PRESENCE_PENALTY, presencePenalty);
      attributes.accept(GenAi.REQUEST_FREQUENCY_PENALTY, frequencyPenalty);
      attributes.accept(
          GenAi.REQUEST_STOP_SEQUENCES, stopSequences.isEmpty() ? null : stopSequences);
      attributes.accept(GenAi.REQUEST_SEED, seed);
      attributes.accept(GenAi.REQUEST_STREAM, stream);
    }
  }

  /**
   * How a model answered.
   *
   * @param model the model that answered, often with a date the request's name lacks
   * @param timeToFirstChunk from the request to the first piece of content
   */
  record Response(
      @Nullable String id,
      @Nullable String model,
      List<String> finishReasons,
      @Nullable Duration timeToFirstChunk,
      @Nullable Boolean streaming)
      implements Details {

    public Response {
      finishReasons = List.copyOf(finishReasons);
    }

    /** What nearly every provider tells of its answer. */
    public static Response of(
        @Nullable String id, @Nullable String model, String... finishReasons) {
      return new Response(id, model, List.of(finishReasons), null, null);
    }

    /** The same answer, come in pieces. */
    public Response streamed(@Nullable Duration untilFirstChunk) {
      return new Response(id, model, finishReasons, untilFirstChunk, true);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.RESPONSE_ID, id);
      attributes.accept(GenAi.RESPONSE_MODEL, model);
      attributes.accept(
          GenAi.RESPONSE_FINISH_REASONS, finishReasons.isEmpty() ? null : finishReasons);
      attributes.accept(GenAi.RESPONSE_STREAMING, streaming);
      if (timeToFirstChunk != null) {
        double seconds = timeToFirstChunk.toNanos() / 1e9;
        attributes.accept(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, seconds);
      }
    }
  }

  /**
   * One round within a generation.
   *
   * @param continued whether the model goes on in another round
   */
  record Step(@Nullable String finishReason, boolean continued) implements Details {

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(
          GenAi.RESPONSE_FINISH_REASONS, finishReason == null ? null : List.of(finishReason));
      attributes.accept(GenAi.STEP_CONTINUED, continued);
    }
  }

  /**
   * A tool's execution.
   *
   * @param callId the id the model gave to its wish
   * @param success whether the tool did what it was asked; null while it runs
   */
  record Tool(
      @Nullable String callId,
      @Nullable String type,
      @Nullable String description,
      @Nullable Boolean success)
      implements Details {

    /** How the model asked for the tool; null when it gave no id. */
    public static Tool call(@Nullable String callId) {
      return new Tool(callId, null, null, null);
    }

    /** How the tool ended. */
    public static Tool ended(boolean success) {
      return new Tool(null, null, null, success);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.TOOL_CALL_ID, callId);
      attributes.accept(GenAi.TOOL_TYPE, type);
      attributes.accept(GenAi.TOOL_DESCRIPTION, description);
      attributes.accept(GenAi.TOOL_SUCCESS, success);
    }
  }

  /** The MCP server behind a tool. */
  record McpServer(@Nullable String name, @Nullable String version, @Nullable String address)
      implements Details {

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.MCP_SERVER_NAME, name);
      attributes.accept(GenAi.MCP_SERVER_VERSION, version);
      attributes.accept(GenAi.SERVER_ADDRESS, address);
    }
  }

  /**
   * How a workflow, or a step of one, stands: {@code running}, {@code success}, {@code suspended} …
   *
   * @param step whether it is a step's
   */
  record Status(String status, boolean step) implements Details {

    /** How a workflow stands. */
    public static Status ofWorkflow(String status) {
      return new Status(status, false);
    }

    /** How a step stands. */
    public static Status ofStep(String status) {
      return new Status(status, true);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(step ? GenAi.WORKFLOW_STEP_STATUS : GenAi.WORKFLOW_STATUS, status);
    }
  }

  /**
   * A choice between branches.
   *
   * @param count how many conditions there are
   * @param truthyIndexes which of them held, from 0
   * @param selectedSteps the ids of the steps that run
   */
  record Conditional(int count, List<Integer> truthyIndexes, List<String> selectedSteps)
      implements Details {

    public Conditional {
      truthyIndexes = List.copyOf(truthyIndexes);
      selectedSteps = List.copyOf(selectedSteps);
    }

    /** A choice that is not made yet. */
    public static Conditional of(int count) {
      return new Conditional(count, List.of(), List.of());
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.WORKFLOW_CONDITION_COUNT, count);
      attributes.accept(
          GenAi.WORKFLOW_TRUTHY_INDEXES, truthyIndexes.isEmpty() ? null : truthyIndexes);
      attributes.accept(
          GenAi.WORKFLOW_SELECTED_STEPS, selectedSteps.isEmpty() ? null : selectedSteps);
    }
  }

  /** Steps that run at the same time. */
  record Parallel(int count, List<String> steps) implements Details {

    public Parallel {
      steps = List.copyOf(steps);
    }

    /** Steps by their ids. */
    public static Parallel of(String... steps) {
      return new Parallel(steps.length, List.of(steps));
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.WORKFLOW_BRANCH_COUNT, count);
      attributes.accept(GenAi.WORKFLOW_PARALLEL_STEPS, steps.isEmpty() ? null : steps);
    }
  }

  /**
   * Steps that are repeated.
   *
   * @param type {@code foreach}, {@code dowhile} or {@code dountil}
   */
  record Loop(
      String type,
      @Nullable Integer iteration,
      @Nullable Integer totalIterations,
      @Nullable Integer concurrency)
      implements Details {

    /** A loop of which nothing else is known yet. */
    public static Loop of(String type) {
      return new Loop(type, null, null, null);
    }

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.WORKFLOW_LOOP_TYPE, type);
      attributes.accept(GenAi.WORKFLOW_LOOP_ITERATION, iteration);
      attributes.accept(GenAi.WORKFLOW_LOOP_TOTAL, totalIterations);
      attributes.accept(GenAi.WORKFLOW_LOOP_CONCURRENCY, concurrency);
    }
  }

  /**
   * What checks or changes an agent's input or output.
   *
   * @param executor what runs it: {@code workflow}, {@code legacy} …
   * @param phase when: {@code input}, {@code output} …
   * @param index its place among the others, from 0
   */
  record Guardrail(@Nullable String executor, @Nullable String phase, @Nullable Integer index)
      implements Details {

    @Override
    public void write(BiConsumer<String, @Nullable Object> attributes) {
      attributes.accept(GenAi.PROCESSOR_EXECUTOR, executor);
      attributes.accept(GenAi.PROCESSOR_PHASE, phase);
      attributes.accept(GenAi.PROCESSOR_INDEX, index);
    }
  }
}
