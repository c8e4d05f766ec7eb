package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span as it stands on the wire: what an exporter encodes and what a server decodes again.
 *
 * <p>Immutable. Attributes carry the names the sender chose; nothing is renamed here.
 *
 * @param traceId 32 lowercase hex digits
 * @param spanId 16 lowercase hex digits
 * @param parentSpanId 16 lowercase hex digits, or null for a span without a parent; the parent may
 *     arrive later, in another request, or never
 * @param op the operation in Sentry's sense ({@code gen_ai.chat}, {@code http.client}), or null
 *     when the sender gave none
 * @param startNanos nanoseconds since 1970-01-01T00:00Z
 * @param endNanos nanoseconds since 1970-01-01T00:00Z, or {@link #OPEN} while the span runs
 * @param segment whether this is the first span of its process's part of the trace
 * @param events what happened at one moment within the span, in order of arrival
 */
public record SpanData(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    String name,
    @Nullable String op,
    long startNanos,
    long endNanos,
    SpanStatus status,
    boolean segment,
    Attributes attributes,
    List<SpanEvent> events)
    implements Item {

  /** The {@code endNanos} of a span that has not ended. */
  public static final long OPEN = Long.MIN_VALUE;

  public SpanData {
    requireNonNull(traceId, "traceId");
    requireNonNull(spanId, "spanId");
    requireNonNull(name, "name");
    requireNonNull(status, "status");
    requireNonNull(attributes, "attributes");
    events = events.isEmpty() ? List.of() : List.copyOf(events);
  }

  /** Whether the span has not ended. */
  public boolean open() {
    return endNanos == OPEN;
  }

  /**
   * Nanoseconds from start to end; 0 while the span is open, negative if the sender's clock ran
   * back.
   */
  public long durationNanos() {
    return open() ? 0 : endNanos - startNanos;
  }

  /** The same span with this end instead, {@link #OPEN} for none. */
  public SpanData withEnd(long nanos) {
    return new SpanData(
        traceId,
        spanId,
        parentSpanId,
        name,
        op,
        startNanos,
        nanos,
        status,
        segment,
        attributes,
        events);
  }

  /** The same span with these attributes instead. */
  public SpanData withAttributes(Attributes changed) {
    return new SpanData(
        traceId,
        spanId,
        parentSpanId,
        name,
        op,
        startNanos,
        endNanos,
        status,
        segment,
        changed,
        events);
  }
}
