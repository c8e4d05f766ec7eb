package io.onlooker.server.team;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A span as OTLP's JSON has it. */
record Span(
    String trace,
    String id,
    @Nullable String parent,
    String name,
    Instant start,
    long millis,
    @Nullable String error,
    Map<String, Object> attributes) {

  /** The root of an agent's run; the span has the trace's number. */
  static Span agent(int trace, String agent, Instant start) {
    return new Span(
            hex(32, trace),
            hex(16, trace * 100L),
            null,
            "invoke_agent",
            start,
            2000,
            null,
            Map.of())
        .with("gen_ai.operation.name", "invoke_agent")
        .with("gen_ai.agent.name", agent);
  }

  /** The n-th tool call of a run. */
  static Span tool(int trace, int n, String tool, Instant start) {
    return below(trace, n, "execute_tool", start)
        .with("gen_ai.operation.name", "execute_tool")
        .with("gen_ai.tool.name", tool);
  }

  /** The n-th model call of a run. */
  static Span chat(int trace, int n, String model, long input, long output, Instant start) {
    return below(trace, n, "chat", start)
        .with("gen_ai.operation.name", "chat")
        .with("gen_ai.provider.name", "openai")
        .with("gen_ai.request.model", model)
        .with("gen_ai.usage.input_tokens", input)
        .with("gen_ai.usage.output_tokens", output);
  }

  static Span below(int trace, int n, String name, Instant start) {
    return new Span(
        hex(32, trace),
        hex(16, trace * 100L + n),
        hex(16, trace * 100L),
        name,
        start,
        1000,
        null,
        Map.of());
  }

  Span with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(attributes);
    more.put(key, value);
    return new Span(trace, id, parent, name, start, millis, error, more);
  }

  Span failed(String type, String message) {
    return new Span(trace, id, parent, name, start, millis, message, attributes)
        .with("error.type", type);
  }

  Span lasting(long duration) {
    return new Span(trace, id, parent, name, start, duration, error, attributes);
  }

  Span under(String parentId) {
    return new Span(trace, id, parentId, name, start, millis, error, attributes);
  }

  Span top() {
    return new Span(trace, id, null, name, start, millis, error, attributes);
  }

  static String hex(int digits, long number) {
    String text = Long.toHexString(number);
    return "0".repeat(digits - text.length()) + text;
  }

  static String body(List<Span> spans) {
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
        + spans.stream().map(Span::json).collect(Collectors.joining(","))
        + "]}]}]}";
  }

  private String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("traceId", trace);
    json.put("spanId", id);
    json.put("parentSpanId", parent == null ? "" : parent);
    json.put("name", name);
    json.put("startTimeUnixNano", nanos(start));
    json.put("endTimeUnixNano", nanos(start.plusMillis(millis)));
    json.put(
        "attributes",
        attributes.entrySet().stream()
            .map(entry -> Map.of("key", entry.getKey(), "value", value(entry.getValue())))
            .toList());
    if (error != null) {
      json.put("status", Map.of("code", 2, "message", error));
    }
    return JsonMapper.shared().writeValueAsString(json);
  }

  private static Map<String, Object> value(Object value) {
    return switch (value) {
      case Long whole -> Map.of("intValue", whole.toString());
      case Integer whole -> Map.of("intValue", whole.toString());
      case Double fraction -> Map.of("doubleValue", fraction);
      case Boolean flag -> Map.of("boolValue", flag);
      default -> Map.of("stringValue", value.toString());
    };
  }

  static String nanos(Instant moment) {
    return BigDecimal.valueOf(moment.getEpochSecond())
        .movePointRight(9)
        .add(BigDecimal.valueOf(moment.getNano()))
        .toPlainString();
  }
}
