package io.onlooker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says about one whole trace, whoever starts its first span (seed 000's tracing
 * options). Immutable: {@code TraceOptions.NONE.tags("beta").hideInput()}.
 *
 * @param traceId 1 to 32 hex digits to use instead of a random id, or null; a bad one is ignored
 *     with a warning
 * @param parentSpanId 1 to 16 hex digits of a span elsewhere, or null; a bad one is ignored with a
 *     warning
 * @param rootName the name of the first span, or null to leave it
 * @param tags words to find the trace by
 * @param metadata attached to the first span and so to all below it
 * @param hidesInput whether no span of the trace tells what went in
 * @param hidesOutput whether no span of the trace tells what came out
 */
public record TraceOptions(
    @Nullable String traceId,
    @Nullable String parentSpanId,
    @Nullable String rootName,
    List<String> tags,
    Map<String, Object> metadata,
    boolean hidesInput,
    boolean hidesOutput) {

  /** Nothing is said: what all others start from. */
  public static final TraceOptions NONE =
      new TraceOptions(null, null, null, List.of(), Map.of(), false, false);

  public TraceOptions {
    tags = List.copyOf(tags);
    metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The same with a trace id of the caller's: 1 to 32 hex digits, padded with zeros. */
  public TraceOptions traceId(String id) {
    return new TraceOptions(id, parentSpanId, rootName, tags, metadata, hidesInput, hidesOutput);
  }

  /** The same below a span elsewhere: 1 to 16 hex digits, padded with zeros. */
  public TraceOptions parentSpanId(String id) {
    return new TraceOptions(traceId, id, rootName, tags, metadata, hidesInput, hidesOutput);
  }

  /** The same with another name for the first span. */
  public TraceOptions rootName(String name) {
    return new TraceOptions(traceId, parentSpanId, name, tags, metadata, hidesInput, hidesOutput);
  }

  /** The same with these tags instead: words, or {@code key:value}. */
  public TraceOptions tags(String... words) {
    List<String> list = List.of(words);
    return new TraceOptions(
        traceId, parentSpanId, rootName, list, metadata, hidesInput, hidesOutput);
  }

  /** The same with this metadata instead. */
  public TraceOptions metadata(Map<String, Object> values) {
    return new TraceOptions(traceId, parentSpanId, rootName, tags, values, hidesInput, hidesOutput);
  }

  /** The same, and no span of the trace tells what went in. */
  public TraceOptions hideInput() {
    return new TraceOptions(traceId, parentSpanId, rootName, tags, metadata, true, hidesOutput);
  }

  /** The same, and no span of the trace tells what came out. */
  public TraceOptions hideOutput() {
    return new TraceOptions(traceId, parentSpanId, rootName, tags, metadata, hidesInput, true);
  }
}
