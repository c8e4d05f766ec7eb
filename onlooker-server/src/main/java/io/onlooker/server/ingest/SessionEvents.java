package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.server.ingest.SessionCall.Event;
import io.onlooker.store.span.SpanCost;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a client says of an event. A tool named {@code llm:PROVIDER:MODEL} is a model call, as
 * seed 004 shows it; any other tool is a tool.
 */
final class SessionEvents {

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final Fields fields;
  private final Attributes.Builder attributes = Attributes.builder();

  private SessionEvents(Fields fields) {
    this.fields = fields;
  }

  static Event read(Fields fields) throws Malformed {
    return new SessionEvents(fields).event();
  }

  private Event event() throws Malformed {
    String sessionId = fields.required("sessionId", "the session that it belongs to");
    Fields.checkId("sessionId", sessionId);
    String type = type();
    String own = fields.id("id");
    String other = fields.id("eventId");
    String id = own != null ? own : other != null ? other : SessionIds.newEvent();
    String tool = fields.text("toolName");
    attributes.put(SessionAttributes.EVENT_TYPE, type);
    attributes.put(SessionAttributes.EVENT_ID, id);
    String op = putActor(type, tool);
    putThoughts();
    SpanStatus error = error(type);
    Long start = fields.time("startedAt", "startTime");
    Long end = fields.time("endedAt", "endTime", "completedAt", "timestamp", "createdAt");
    Long duration = duration();
    if (start != null && end != null && end < start) {
      throw new Malformed(
          "endedAt: %d ms before startedAt (expected: the same moment or later)"
              .formatted((start - end) / 1_000_000));
    }
    List<SpanEvent> details = thrown();
    SessionChanges.putRest(attributes, fields);
    return new Event(
        sessionId,
        id,
        type,
        tool,
        name(type, tool),
        op,
        start,
        end,
        duration,
        error,
        attributes.build(),
        details);
  }

  private String type() throws Malformed {
    String type =
        fields.required("eventType", "tool_call, llm_decision, state_change, error or a word");
    if (!TYPE.matcher(type).matches()) {
      throw fields.wrong(
          "eventType", fields.node("eventType"), "1 to 100 of letters, digits and . _ -");
    }
    return type;
  }

  /** Says who acted and with what; the operation of the span. */
  private String putActor(String type, @Nullable String tool) throws Malformed {
    if (tool != null && tool.startsWith("llm:")) {
      new LlmEvent(fields, attributes).put(tool);
      return "gen_ai.chat";
    }
    String input = fields.content("toolInput");
    String output = fields.content("toolOutput");
    attributes.put(GenAi.USAGE_TOTAL_TOKENS, fields.count("tokenCount"));
    if (tool == null) {
      attributes.put("input", input);
      attributes.put("output", output);
      return type;
    }
    attributes.put(GenAi.OPERATION_NAME, "execute_tool");
    attributes.put(GenAi.TOOL_NAME, tool);
    attributes.put(GenAi.TOOL_CALL_ID, fields.text("toolCallId"));
    attributes.put(GenAi.TOOL_CALL_ARGUMENTS, input);
    attributes.put(GenAi.TOOL_CALL_RESULT, output);
    return "gen_ai.execute_tool";
  }

  private String name(String type, @Nullable String tool) {
    if (tool == null) {
      return type;
    }
    String model = attributes.build().string(GenAi.REQUEST_MODEL);
    return model == null ? "execute_tool " + tool : "chat " + model;
  }

  private void putThoughts() throws Malformed {
    String reasoning = fields.content("reasoning");
    attributes.put("reasoning", reasoning);
    if (!fields.has("toolName")) {
      attributes.putIfAbsent("output", reasoning);
    }
    attributes.put("alternatives_considered", Json.value(fields.node("alternativesConsidered")));
    attributes.put("confidence", fields.number("confidence", 1));
    attributes.put("state.before", fields.content("stateBefore"));
    attributes.put("state.after", fields.content("stateAfter"));
    attributes.put("branch.name", fields.text("branchName"));
    attributes.put("client.trace_id", fields.text("traceId"));
    attributes.put("client.span_id", fields.text("spanId"));
    attributes.put(SpanCost.REPORTED, fields.amount("estimatedCost"));
  }

  private @Nullable SpanStatus error(String type) throws Malformed {
    JsonNode error = fields.node("toolError");
    if (error.isMissingNode()) {
      return type.equals("error") ? SpanStatus.error(fields.content("reasoning")) : null;
    }
    String message = error.isObject() ? Json.text(error, "message") : fields.content("toolError");
    attributes.put(GenAi.ERROR_MESSAGE, message);
    attributes.put(GenAi.ERROR_TYPE, error.isObject() ? Json.text(error, "type") : null);
    return SpanStatus.error(message);
  }

  private List<SpanEvent> thrown() {
    JsonNode error = fields.node("toolError");
    String stack = Json.text(error, "stack_trace");
    stack = stack == null ? Json.text(error, "stackTrace") : stack;
    if (stack == null) {
      return List.of();
    }
    Attributes.Builder thrown = Attributes.builder();
    thrown.put("exception.type", Json.text(error, "type"));
    thrown.put("exception.message", Json.text(error, "message"));
    thrown.put("exception.stacktrace", stack);
    return List.of(new SpanEvent(0, "exception", thrown.build()));
  }

  /** Python's wrappers say it in the metadata. */
  private @Nullable Long duration() throws Malformed {
    Long own = fields.millis("durationMs");
    return own == null && fields.node("metadata").isObject()
        ? fields.object("metadata").millis("durationMs")
        : own;
  }
}
