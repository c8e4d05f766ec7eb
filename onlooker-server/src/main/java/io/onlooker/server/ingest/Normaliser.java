package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds today's names to spans that use older or foreign ones, and what can be derived from them.
 * Adds only: what the sender said stays, and a name it used itself is never overwritten.
 */
final class Normaliser {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Normaliser() {}

  static Item normalise(Item item) {
    return item instanceof SpanData span ? normalise(span) : item;
  }

  static SpanData normalise(SpanData span) {
    String type = OperationType.of(span);
    boolean ai = type != null || span.attributes().has(GenAi.OPERATION_NAME);
    Aliased aliased = Aliased.in(span.attributes(), ai);
    if (type == null && !ai && aliased == null && !span.attributes().has(Langfuse.TYPE)) {
      return span;
    }
    Attributes.Builder attributes = span.attributes().toBuilder();
    if (aliased != null) {
      aliased.addTo(attributes, span);
    }
    Langfuse.addTo(attributes, span);
    if (ai) {
      derive(attributes, span, type);
    }
    return span.withAttributes(attributes.build());
  }

  private static void derive(Attributes.Builder attributes, SpanData span, @Nullable String type) {
    attributes.putIfAbsent(GenAi.OPERATION_TYPE, type);
    if (span.op() != null && span.op().startsWith("gen_ai.")) {
      attributes.putIfAbsent(GenAi.OPERATION_NAME, span.op().substring("gen_ai.".length()));
    }
    if (!attributes.has(GenAi.INPUT_MESSAGES)) {
      attributes.put(GenAi.INPUT_MESSAGES, question(span));
    }
    if (!attributes.has(GenAi.OUTPUT_MESSAGES)) {
      attributes.put(GenAi.OUTPUT_MESSAGES, answer(span));
    }
    ProviderMetadata.addUsage(attributes, span.attributes());
    if ("tool".equals(type) && !attributes.has(GenAi.TOOL_NAME)) {
      attributes.put(GenAi.TOOL_NAME, toolName(span));
    }
    Attributes soFar = attributes.build();
    if (!soFar.has(GenAi.USAGE_TOTAL_TOKENS)) {
      attributes.put(GenAi.USAGE_TOTAL_TOKENS, total(soFar));
    }
    if (!soFar.has(GenAi.TOOL_CALL_ARGUMENTS)) {
      attributes.put(GenAi.TOOL_CALL_ARGUMENTS, mcpArguments(soFar));
    }
  }

  private static @Nullable String question(SpanData span) {
    Attributes attributes = span.attributes();
    String flat = FlatMessages.under(attributes, "llm.input_messages.", "gen_ai.prompt.");
    String asked =
        flat == null ? VertexMessages.of(attributes.string("gcp.vertex.agent.llm_request")) : flat;
    return asked == null ? EventMessages.question(span.events()) : asked;
  }

  private static @Nullable String answer(SpanData span) {
    Attributes attributes = span.attributes();
    String flat = FlatMessages.under(attributes, "llm.output_messages.", "gen_ai.completion.");
    String said =
        flat == null ? VertexMessages.of(attributes.string("gcp.vertex.agent.llm_response")) : flat;
    String told = said == null ? legacyAnswer(attributes) : said;
    return told == null ? EventMessages.answer(span.events()) : told;
  }

  private static @Nullable String legacyAnswer(Attributes attributes) {
    return LegacyMessages.output(
        attributes.string("ai.response.reasoning"),
        text(attributes),
        first(attributes, GenAi.RESPONSE_TOOL_CALLS, "ai.response.toolCalls"));
  }

  /** An object that was asked for is the text, as the model wrote it. */
  private static @Nullable String text(Attributes attributes) {
    String text = first(attributes, GenAi.RESPONSE_TEXT, "ai.response.text");
    String object = first(attributes, "gen_ai.response.object", "ai.response.object");
    return text == null && object != null ? JSON.writeValueAsString(object) : text;
  }

  private static @Nullable String first(Attributes attributes, String... names) {
    for (String name : names) {
      String text = attributes.string(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Of a tool that has no attribute for its name, the span's name has it. */
  private static @Nullable String toolName(SpanData span) {
    String entity = span.attributes().string("traceloop.entity.name");
    String name = entity == null ? span.name() : entity;
    String bare = name.startsWith("execute_tool ") ? name.substring(13) : name;
    return bare.isBlank() || bare.equals("execute_tool") ? null : bare;
  }

  private static @Nullable Long total(Attributes attributes) {
    Double input = attributes.number(GenAi.USAGE_INPUT_TOKENS);
    Double output = attributes.number(GenAi.USAGE_OUTPUT_TOKENS);
    if (input == null && output == null) {
      return null;
    }
    return (long) ((input == null ? 0 : input) + (output == null ? 0 : output));
  }

  /** MCP servers put each argument of a tool call into an attribute of its own. */
  private static @Nullable String mcpArguments(Attributes attributes) {
    String prefix = "mcp.request.argument.";
    var arguments = JSON.createObjectNode();
    attributes.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        arguments.put(key.substring(prefix.length()), value.toString());
      }
    });
    return arguments.isEmpty() ? null : arguments.toString();
  }

  /** The values found under aliases, the best one for each canonical name. */
  private static final class Aliased {

    private final Aliases.@Nullable Target[] targets = new Aliases.Target[Aliases.slots()];
    private final @Nullable Object[] values = new Object[Aliases.slots()];

    /** Those in the attributes, or null when there are none. */
    static @Nullable Aliased in(Attributes attributes, boolean ai) {
      Aliased[] found = new Aliased[1];
      attributes.forEach((key, value) -> {
        Aliases.Target target = Aliases.of(key);
        if (target != null && (ai || !target.aiOnly())) {
          found[0] = found[0] == null ? new Aliased() : found[0];
          found[0].offer(target, value);
        }
      });
      return found[0];
    }

    private void offer(Aliases.Target target, Object value) {
      Aliases.Target best = targets[target.slot()];
      if (best == null || target.rank() < best.rank()) {
        targets[target.slot()] = target;
        values[target.slot()] = value;
      }
    }

    void addTo(Attributes.Builder attributes, SpanData span) {
      for (int i = 0; i < targets.length; i++) {
        Aliases.Target target = targets[i];
        Object value = values[i];
        if (target != null && value != null && !attributes.has(target.name())) {
          attributes.put(target.name(), shaped(target.shape(), value, span));
        }
      }
    }

    private static @Nullable Object shaped(Aliases.Shape shape, Object value, SpanData span) {
      return switch (shape) {
        case AS_IS -> value;
        case COUNT -> count(value);
        case WORDS -> words(value);
        case MESSAGES -> value instanceof String text ? LegacyMessages.input(text) : value;
        case SINCE_START -> secondsSince(span.startNanos(), value);
        case MILLIS -> value instanceof Number millis ? millis.doubleValue() / 1e3 : null;
      };
    }

    private static @Nullable Object count(Object value) {
      Double number = Attributes.builder().put("n", value).build().number("n");
      return number == null ? null : (Object) Math.round(number);
    }

    private static String words(Object value) {
      boolean list = value instanceof String text && text.startsWith("[");
      if (list) {
        return value.toString();
      }
      return JSON.writeValueAsString(value instanceof List<?> words ? words : List.of(value));
    }

    private static @Nullable Double secondsSince(long startNanos, Object value) {
      if (value instanceof Number millis) {
        return (millis.doubleValue() * 1e6 - startNanos) / 1e9;
      }
      try {
        Instant moment = Instant.parse(value.toString().replace("\"", ""));
        long nanos = moment.getEpochSecond() * 1_000_000_000 + moment.getNano();
        return (nanos - startNanos) / 1e9;
      } catch (DateTimeParseException _) {
        return null;
      }
    }
  }
}
