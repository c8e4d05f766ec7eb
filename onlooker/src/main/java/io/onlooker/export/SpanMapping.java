package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a span becomes on the wire: operation, name and attributes by its type (seed 000). What the
 * application set wins over what is derived here.
 */
final class SpanMapping {

  private final Spelling spelling;
  private final @Nullable String origin;
  private final boolean aggregateUsage;

  /**
   * @param origin the value of {@code sentry.origin}, or null for none
   * @param aggregateUsage whether agents show the tokens of their generations
   */
  SpanMapping(AttributeNames names, @Nullable String origin, boolean aggregateUsage) {
    this.spelling = new Spelling(names);
    this.origin = origin;
    this.aggregateUsage = aggregateUsage;
  }

  /** The span with values of at most {@code maxChars} characters. */
  SpanData map(OpenSpan open, boolean segment, int maxChars) {
    SpanSnapshot span = open.snapshot();
    Attributes.Builder attributes = Attributes.builder();
    Object input = ObjectEncoder.scalarOrJson(span.input(), maxChars);
    Object output = ObjectEncoder.scalarOrJson(span.output(), maxChars);
    common(attributes, span);
    span.attributes().forEach((name, value) -> own(attributes, name, value, maxChars));
    switch (span.type()) {
      case AGENT_RUN -> agent(attributes, span, open.gathered, maxChars);
      case MODEL_GENERATION -> {
        generation(attributes, span, open.gathered);
        question(attributes, span.input(), input, maxChars);
        answer(attributes, span, open.gathered, maxChars);
      }
      case TOOL_CALL, MCP_TOOL_CALL -> tool(attributes, span, input, output);
      case WORKFLOW_RUN -> attributes.putIfAbsent("workflow.id", identifier(span));
      case WORKFLOW_STEP -> attributes.putIfAbsent("workflow.step.id", identifier(span));
      default -> {}
    }
    attributes.putIfAbsent("input", input).putIfAbsent("output", output);
    context(attributes, span, maxChars);
    error(attributes, span.error(), maxChars);
    return new SpanData(
        span.traceId(),
        span.spanId(),
        open.parentSpanId,
        SpanNames.name(span),
        SpanNames.op(span),
        span.startNanos(),
        // Sentry refuses what ends before it starts; a clock may have run back, or no end be known.
        Math.max(span.startNanos(), span.endNanos()),
        status(span),
        segment,
        attributes.build(),
        open.events);
  }

  private void common(Attributes.Builder to, SpanSnapshot span) {
    to.put("sentry.origin", origin);
    to.put("sentry.op", SpanNames.op(span));
    to.put("ai.span.type", SpanNames.type(span.type()));
    // Whatever has an operation name counts as an AI span in Sentry; a checkout button is none.
    if (span.type() != SpanType.GENERIC || span.op() == null) {
      to.put(GenAi.OPERATION_NAME, SpanNames.operation(span));
    }
  }

  private void own(Attributes.Builder to, String name, Object value, int maxChars) {
    spelling.put(
        to, name, value instanceof String text ? ObjectEncoder.cut(text, maxChars) : value);
  }

  private void agent(Attributes.Builder to, SpanSnapshot span, Gathered below, int maxChars) {
    to.putIfAbsent(GenAi.AGENT_ID, span.entityId());
    to.putIfAbsent(GenAi.AGENT_NAME, identifier(span));
    to.putIfAbsent(GenAi.PIPELINE_NAME, identifier(span));
    to.putIfAbsent(GenAi.RESPONSE_MODEL, below.model);
    if (spelling.seed()) {
      to.putIfAbsent(GenAi.RESPONSE_TEXT, ObjectEncoder.text(below.text, maxChars));
    }
    if (aggregateUsage) {
      below.usage.writeTo(to);
    }
  }

  private void generation(Attributes.Builder to, SpanSnapshot span, Gathered below) {
    to.putIfAbsent(GenAi.AGENT_ID, span.entityId());
    to.putIfAbsent(GenAi.AGENT_NAME, span.entityName());
    to.putIfAbsent(GenAi.RESPONSE_MODEL, below.model);
    to.putIfAbsent(GenAi.RESPONSE_FINISH_REASONS, below.finishReasons);
    Usage usage = Usage.in(span.attributes()) ? Usage.of(span.attributes()) : below.usage;
    usage.writeTo(to);
    firstChunk(to, span, below);
  }

  private void question(
      Attributes.Builder to, @Nullable Object input, @Nullable Object encoded, int maxChars) {
    if (input == null || Spelling.has(to, GenAi.INPUT_MESSAGES)) {
      return;
    }
    if (spelling.seed()) {
      Object messages =
          Messages.wrapped(input)
              ? ObjectEncoder.text(Messages.unwrap(input), maxChars)
              : String.valueOf(encoded);
      to.put("gen_ai.request.messages", messages);
    }
    if (spelling.current()) {
      List<?> messages = Messages.input(input, maxChars);
      to.put(GenAi.INPUT_MESSAGES, ObjectEncoder.text(messages, maxChars));
    }
  }

  private void answer(Attributes.Builder to, SpanSnapshot span, Gathered below, int maxChars) {
    String given = span.attributes().string(GenAi.RESPONSE_TEXT);
    String text = given == null ? Messages.text(span.output()) : given;
    text = text == null || (text.isEmpty() && below.text != null) ? below.text : text;
    if (spelling.current() && (span.output() != null || text != null)) {
      List<?> messages = Messages.output(text, Messages.toolCalls(span.output()));
      to.putIfAbsent(GenAi.OUTPUT_MESSAGES, ObjectEncoder.text(messages, maxChars));
    }
    if (spelling.seed() && text != null && !text.isEmpty()) {
      to.putIfAbsent(GenAi.RESPONSE_TEXT, ObjectEncoder.cut(text, maxChars));
    }
    List<?> calls = below.toolCalls;
    if (spelling.seed() && !calls.isEmpty()) {
      to.putIfAbsent(GenAi.RESPONSE_TOOL_CALLS, ObjectEncoder.text(calls, maxChars));
    }
  }

  /** The seed wants the moment of the first chunk, the conventions the seconds until it. */
  private void firstChunk(Attributes.Builder to, SpanSnapshot span, Gathered below) {
    Double seconds = span.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
    Long moment = below.firstChunkNanos;
    if (seconds != null) {
      moment = span.startNanos() + Math.round(seconds * 1e9);
    }
    if (moment == null) {
      return;
    }
    if (spelling.seed()) {
      to.putIfAbsent(Spelling.SEED_COMPLETION_START, Times.iso(moment));
    }
    if (spelling.current()) {
      to.putIfAbsent(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, (moment - span.startNanos()) / 1e9);
    }
  }

  private void tool(
      Attributes.Builder to, SpanSnapshot span, @Nullable Object input, @Nullable Object output) {
    to.putIfAbsent(GenAi.TOOL_NAME, identifier(span));
    to.putIfAbsent(GenAi.TOOL_TYPE, "function");
    spelling.derive(to, GenAi.TOOL_CALL_ARGUMENTS, input);
    spelling.derive(to, GenAi.TOOL_CALL_RESULT, output);
    if (span.endNanos() != SpanData.OPEN && span.attributes().get(Snapshots.UNFINISHED) == null) {
      boolean failed = span.error() != null || span.status().code() == SpanStatus.Code.ERROR;
      to.putIfAbsent(GenAi.TOOL_SUCCESS, !failed);
    }
  }

  private static void context(Attributes.Builder to, SpanSnapshot span, int maxChars) {
    span.metadata().forEach((key, value) -> metadata(to, key, value, maxChars));
    if (span.metadata().get("threadId") instanceof String thread) {
      to.putIfAbsent(GenAi.CONVERSATION_ID, thread);
    }
    if (!span.tags().isEmpty()) {
      to.putIfAbsent("tags", String.join(",", span.tags()));
    }
  }

  private static void error(Attributes.Builder to, @Nullable ErrorInfo error, int maxChars) {
    if (error == null) {
      return;
    }
    to.putIfAbsent(GenAi.ERROR_TYPE, error.type());
    to.putIfAbsent(GenAi.ERROR_MESSAGE, ObjectEncoder.text(error.message(), maxChars));
    to.putIfAbsent("error.id", error.id());
    to.putIfAbsent("error.domain", error.domain());
    to.putIfAbsent("error.category", error.category());
  }

  private static SpanStatus status(SpanSnapshot span) {
    SpanStatus status = span.status();
    if (span.error() == null || status.code() == SpanStatus.Code.ERROR) {
      return status;
    }
    return SpanStatus.error(span.error().message());
  }

  private static @Nullable String identifier(SpanSnapshot span) {
    String identifier = SpanNames.identifier(span, "");
    return identifier.isEmpty() ? null : identifier;
  }

  private static void metadata(
      Attributes.Builder to, String key, @Nullable Object value, int maxChars) {
    to.putIfAbsent("metadata." + key, ObjectEncoder.scalarOrJson(value, maxChars));
  }
}
