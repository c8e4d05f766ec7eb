package io.onlooker.server.web;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down one trace, span by span, with times that follow one another. */
final class Recording {

  private static final long MILLI = 1_000_000;

  private final List<Item> items = new ArrayList<>();
  private final String traceId;
  private final int seed;
  private int spans;
  private long nanos;

  Recording(int seed, Instant start) {
    this.seed = seed;
    this.traceId = "%016x%016x".formatted(seed * 0x9E3779B97F4A7C15L, seed);
    this.nanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
  }

  List<Item> items() {
    return items;
  }

  String traceId() {
    return traceId;
  }

  long nanos() {
    return nanos;
  }

  void pause(long millis) {
    nanos += millis * MILLI;
  }

  String nextId() {
    return id(++spans);
  }

  String id(int number) {
    return "%016x".formatted((seed * 4096L + number) * 0x9E3779B97F4A7C15L);
  }

  /**
   * A span that began at {@code start} and ends now; {@code error} null for one that ended well.
   */
  void span(
      String id,
      @Nullable String parent,
      String op,
      String name,
      long start,
      @Nullable String error,
      Map<String, ?> attributes) {
    SpanStatus status = error == null ? SpanStatus.OK : SpanStatus.error(error);
    add(id, parent, op, name, start, nanos, status, attributes);
  }

  void open(String id, String op, String name, long start, Map<String, ?> attributes) {
    add(id, null, op, name, start, SpanData.OPEN, SpanStatus.UNSET, attributes);
  }

  /** A call of a model that takes its time from now. */
  String chat(String parent, long millis, String input, String output, Map<String, ?> more) {
    String id = nextId();
    long start = nanos;
    pause(millis);
    Attributes.Builder attributes =
        Attributes.of(more).toBuilder()
            .put(GenAi.OPERATION_TYPE, "ai_client")
            .put(GenAi.OPERATION_NAME, "chat")
            .put(GenAi.PROVIDER_NAME, "openai")
            .putIfAbsent(GenAi.REQUEST_MODEL, "gpt-4o")
            .putIfAbsent(GenAi.RESPONSE_MODEL, "gpt-4o")
            .put(GenAi.INPUT_MESSAGES, input)
            .put(GenAi.OUTPUT_MESSAGES, output);
    Attributes built = attributes.build();
    span(
        id,
        parent,
        "gen_ai.chat",
        "chat " + built.string(GenAi.RESPONSE_MODEL),
        start,
        null,
        built.toMap());
    return id;
  }

  String tool(
      String parent,
      String name,
      long millis,
      String arguments,
      @Nullable String result,
      @Nullable String error) {
    String id = nextId();
    long start = nanos;
    pause(millis);
    Attributes.Builder attributes =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "tool")
            .put(GenAi.OPERATION_NAME, "execute_tool")
            .put(GenAi.TOOL_NAME, name)
            .put(GenAi.TOOL_CALL_ARGUMENTS, arguments)
            .put(GenAi.TOOL_CALL_RESULT, result)
            .put(GenAi.TOOL_SUCCESS, error == null)
            .put(GenAi.ERROR_TYPE, error == null ? null : "ToolTimeout");
    span(
        id,
        parent,
        "gen_ai.execute_tool",
        "execute_tool " + name,
        start,
        error,
        attributes.build().toMap());
    return id;
  }

  String data(String parent, String name, long millis) {
    String id = nextId();
    long start = nanos;
    pause(millis);
    span(id, parent, "db.sql.query", name, start, null, Map.of("db.system", "postgresql"));
    return id;
  }

  void log(String spanId, LogData.Level level, String body) {
    items.add(new LogData(nanos, traceId, spanId, level, body, Attributes.EMPTY));
  }

  void error(String spanId, String type, String message, List<ErrorData.Frame> frames) {
    ErrorData.ExceptionData exception = new ErrorData.ExceptionData(type, message, true, frames);
    items.add(
        new ErrorData(
            traceId,
            nanos,
            traceId,
            spanId,
            LogData.Level.ERROR,
            null,
            List.of(exception),
            Attributes.EMPTY));
  }

  private void add(
      String id,
      @Nullable String parent,
      String op,
      String name,
      long start,
      long end,
      SpanStatus status,
      Map<String, ?> attributes) {
    items.add(
        new SpanData(
            traceId,
            id,
            parent,
            name,
            op,
            start,
            end,
            status,
            parent == null,
            Attributes.of(attributes),
            List.of()));
  }
}
