package io.onlooker;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in where nothing is recorded.
 *
 * @param sampled false for a trace that the sampler left out, which is told to others; null when
 *     there is no trace
 * @param remote what the trace continues, or null
 */
record NoopSpan(String traceId, String spanId, @Nullable Boolean sampled, @Nullable Remote remote)
    implements Span {

  /** For a closed or disabled {@link Onlooker}. */
  static final NoopSpan NONE = new NoopSpan("0".repeat(32), "0".repeat(16), null, null);

  @Override
  public SpanType type() {
    return SpanType.GENERIC;
  }

  @Override
  public boolean recording() {
    return false;
  }

  @Override
  public Span setAttribute(String name, @Nullable Object value) {
    return this;
  }

  @Override
  public Span setAttribute(String name, long value) {
    return this;
  }

  @Override
  public Span setAttribute(String name, double value) {
    return this;
  }

  @Override
  public Span setAttributes(Map<String, ?> attributes) {
    return this;
  }

  @Override
  public Span set(Details details) {
    return this;
  }

  @Override
  public Span setName(String name) {
    return this;
  }

  @Override
  public Span setStatus(SpanStatus status) {
    return this;
  }

  @Override
  public Span setStatus(SpanStatus.Code code, @Nullable String message) {
    return this;
  }

  @Override
  public Span input(@Nullable Object input) {
    return this;
  }

  @Override
  public Span output(@Nullable Object output) {
    return this;
  }

  @Override
  public Span metadata(String name, @Nullable Object value) {
    return this;
  }

  @Override
  public Span recordException(Throwable exception) {
    return this;
  }

  @Override
  public Span error(ErrorInfo error) {
    return this;
  }

  @Override
  public Span firstChunk() {
    return this;
  }

  @Override
  public Span event(String name, Map<String, ?> attributes) {
    return this;
  }

  @Override
  public Span startChild(SpanOptions options) {
    return this;
  }

  @Override
  public void update() {}

  @Override
  public void end() {}

  @Override
  public void end(Instant time) {}
}
