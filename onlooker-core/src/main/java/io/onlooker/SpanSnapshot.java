package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as the application described it up to one moment: the rich form, before an exporter maps
 * it to names on a wire ({@link SpanData}).
 *
 * <p>The record is immutable; {@code input}, {@code output} and the values of {@code metadata} are
 * the application's own objects and are only read, on an exporter's thread.
 *
 * @param traceId 32 lowercase hex digits
 * @param spanId 16 lowercase hex digits
 * @param parentSpanId 16 lowercase hex digits, or null
 * @param root whether it has no parent in this process; a root may continue a trace from elsewhere
 * @param event whether it stands for a single moment and so has no duration
 * @param op the operation given to {@code startSpan}, or null to derive it from the type
 * @param entityId what runs: the agent's, tool's or workflow's id, or null
 * @param entityName its name for people, or null
 * @param startNanos nanoseconds since 1970-01-01T00:00Z
 * @param endNanos the same, or {@link SpanData#OPEN}
 * @param attributes under the names of {@link GenAi}, and the application's own
 * @param metadata what the application attached; values may be any object
 * @param tags of the whole trace, on its root only
 */
public record SpanSnapshot(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    boolean root,
    boolean event,
    String name,
    SpanType type,
    @Nullable String op,
    @Nullable String entityId,
    @Nullable String entityName,
    long startNanos,
    long endNanos,
    SpanStatus status,
    @Nullable ErrorInfo error,
    Attributes attributes,
    @Nullable Object input,
    @Nullable Object output,
    Map<String, Object> metadata,
    List<String> tags) {

  public SpanSnapshot {
    requireNonNull(traceId, "traceId");
    requireNonNull(spanId, "spanId");
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(status, "status");
    requireNonNull(attributes, "attributes");
  }

  public SpanSnapshot withStatus(SpanStatus changed) {
    return new SpanSnapshot(
        traceId,
        spanId,
        parentSpanId,
        root,
        event,
        name,
        type,
        op,
        entityId,
        entityName,
        startNanos,
        endNanos,
        changed,
        error,
        attributes,
        input,
        output,
        metadata,
        tags);
  }
}
