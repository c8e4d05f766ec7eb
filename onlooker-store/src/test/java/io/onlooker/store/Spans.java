package io.onlooker.store;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes spans for tests, each with everything usual unless told. Not thread-safe. */
public final class Spans {

  /** When spans of tests start unless told. */
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private String traceId = trace(1);
  private String spanId = span(1);
  private @Nullable String parentSpanId;
  private String name = "GET /";
  private @Nullable String op = "http.server";
  private long startNanos = nanos(NOON);
  private long durationNanos = 100_000_000;
  private boolean open;
  private SpanStatus status = SpanStatus.OK;
  private boolean segment;
  private final Attributes.Builder attributes = Attributes.builder();
  private final List<SpanEvent> events = new ArrayList<>();

  public static Spans of(int trace, int span) {
    Spans spans = new Spans();
    spans.traceId = trace(trace);
    spans.spanId = span(span);
    return spans;
  }

  public static String trace(int number) {
    return "%032x".formatted(0xABCDEF00000000L + number);
  }

  public static String span(int number) {
    return "%016x".formatted(number);
  }

  public static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  public Spans traceId(String id) {
    traceId = id;
    return this;
  }

  public Spans parent(int span) {
    parentSpanId = span(span);
    return this;
  }

  public Spans name(String changed) {
    name = changed;
    return this;
  }

  public Spans op(@Nullable String changed) {
    op = changed;
    return this;
  }

  public Spans start(Instant instant) {
    startNanos = nanos(instant);
    return this;
  }

  public Spans startAfter(long millis) {
    startNanos = nanos(NOON.plusMillis(millis));
    return this;
  }

  public Spans millis(double millis) {
    durationNanos = Math.round(millis * 1e6);
    return this;
  }

  public Spans open() {
    open = true;
    return this;
  }

  public Spans status(SpanStatus changed) {
    status = changed;
    return this;
  }

  public Spans segment() {
    segment = true;
    return this;
  }

  public Spans with(String key, Object value) {
    attributes.put(key, value);
    return this;
  }

  public Spans event(SpanEvent event) {
    events.add(event);
    return this;
  }

  public SpanData make() {
    return new SpanData(
        traceId,
        spanId,
        parentSpanId,
        name,
        op,
        startNanos,
        open ? SpanData.OPEN : startNanos + durationNanos,
        status,
        segment,
        attributes.build(),
        events);
  }
}
