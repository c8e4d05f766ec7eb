package io.onlooker.server.demo;

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

/** Writes down one trace, span by span; its clock goes on with what happens. */
final class Scene {

  private static final long MILLI = 1_000_000;
  private static final Attributes PLACE =
      Attributes.builder().put("environment", "production").put("release", "shop@4.2.0").build();

  private final List<Item> items = new ArrayList<>();
  private final String traceId;
  private final long seed;
  private int spans;
  private long nanos;
  private @Nullable String agent;

  Scene(long seed, Instant start) {
    this.seed = seed;
    this.traceId = "%016x%016x".formatted(mix(seed), mix(seed + 1));
    this.nanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
  }

  /** The same; what calls a model or a tool from now on says that this agent does. */
  Scene by(String name) {
    agent = name;
    return this;
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
    return "%016x".formatted(mix(seed * 8192 + ++spans) | 1);
  }

  /** A span that began at {@code start} and ends now; {@code error} null when it ended well. */
  void span(
      String id,
      @Nullable String parent,
      String op,
      String name,
      long start,
      @Nullable String error,
      Attributes attributes) {
    SpanStatus status = error == null ? SpanStatus.OK : SpanStatus.error(error);
    add(id, parent, op, name, start, nanos, status, attributes);
  }

  /** A span that has not ended yet. */
  void open(String id, String op, String name, long start, Attributes attributes) {
    add(id, null, op, name, start, SpanData.OPEN, SpanStatus.UNSET, attributes);
  }

  /** A step that takes its time from now, with nothing below it. */
  String step(
      String parent,
      String op,
      String name,
      long millis,
      @Nullable String error,
      Attributes attributes) {
    String id = nextId();
    long start = nanos;
    pause(millis);
    span(id, parent, op, name, start, error, attributes);
    return id;
  }

  void log(String spanId, LogData.Level level, String body, Map<String, ?> attributes) {
    items.add(new LogData(nanos, traceId, spanId, level, body, Attributes.of(attributes)));
  }

  /** An exception that the application caught and reported. */
  void error(
      String spanId, String type, String message, List<ErrorData.Frame> frames, String user) {
    ErrorData.ExceptionData exception = new ErrorData.ExceptionData(type, message, true, frames);
    items.add(
        new ErrorData(
            "%032x".formatted(mix(seed) >>> 1),
            nanos,
            traceId,
            spanId,
            LogData.Level.ERROR,
            null,
            List.of(exception),
            PLACE.toBuilder().put(GenAi.USER_ID, user).build()));
  }

  private void add(
      String id,
      @Nullable String parent,
      String op,
      String name,
      long start,
      long end,
      SpanStatus status,
      Attributes attributes) {
    Attributes.Builder all = PLACE.toBuilder();
    attributes.forEach(all::put);
    if (attributes.string(GenAi.OPERATION_TYPE) != null) {
      all.putIfAbsent(GenAi.AGENT_NAME, agent);
    }
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
            all.build(),
            List.of()));
  }

  private static long mix(long seed) {
    long z = (seed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 29)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 32);
  }
}
