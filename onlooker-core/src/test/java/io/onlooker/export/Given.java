package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.ErrorInfo;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span a test makes events of. Its id is made of its number, its times are seconds. */
final class Given {

  static final String TRACE = "0123456789abcdef0123456789abcdef";

  private static final long EPOCH = 1_795_164_425L;

  private final int number;
  private final SpanType type;
  private final @Nullable Given parent;
  private final Attributes.Builder attributes = Attributes.builder();
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private String trace = TRACE;
  private String name;
  private boolean event;
  private boolean unknownParent;
  private @Nullable String op;
  private @Nullable String entity;
  private @Nullable Object input;
  private @Nullable Object output;
  private @Nullable ErrorInfo error;
  private List<String> tags = List.of();
  private double start;
  private double end = Double.NaN;

  private Given(int number, SpanType type, @Nullable Given parent) {
    this.number = number;
    this.type = type;
    this.parent = parent;
    this.name = "span " + number;
    this.start = number;
  }

  static Given root(int number, SpanType type) {
    return new Given(number, type, null);
  }

  Given child(int number, SpanType type) {
    Given child = new Given(number, type, this);
    child.trace = trace;
    return child;
  }

  Given trace(String id) {
    trace = id;
    return this;
  }

  Given named(String name) {
    this.name = name;
    return this;
  }

  Given entity(String name) {
    entity = name;
    return this;
  }

  Given op(String op) {
    this.op = op;
    return this;
  }

  Given set(String key, Object value) {
    attributes.put(key, value);
    return this;
  }

  Given meta(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  Given io(@Nullable Object in, @Nullable Object out) {
    input = in;
    output = out;
    return this;
  }

  Given tags(String... tags) {
    this.tags = List.of(tags);
    return this;
  }

  Given moment() {
    event = true;
    return this;
  }

  Given at(double start, double end) {
    this.start = start;
    this.end = end;
    return this;
  }

  /** Its parent is of this process but was never heard of. */
  Given orphan() {
    unknownParent = true;
    return this;
  }

  Given fails(String type, String message) {
    Frame frame = new Frame("com.shop.Till", "pay", "Till.java", 40 + number, true);
    return fails(
        new ErrorInfo(
            type,
            message,
            null,
            null,
            null,
            List.of(new ExceptionData(type, message, false, List.of(frame)))));
  }

  Given fails(@Nullable ErrorInfo error) {
    this.error = error;
    return this;
  }

  @Nullable ErrorInfo error() {
    return error;
  }

  String id() {
    return id(number);
  }

  static String id(int number) {
    return "%016x".formatted(number);
  }

  TracingEvent started() {
    return event(TracingEvent.Kind.SPAN_STARTED, SpanData.OPEN);
  }

  TracingEvent updated() {
    return event(TracingEvent.Kind.SPAN_UPDATED, SpanData.OPEN);
  }

  TracingEvent ended() {
    return event(
        TracingEvent.Kind.SPAN_ENDED,
        event ? SpanData.OPEN : nanos(Double.isNaN(end) ? start + 0.5 : end));
  }

  private TracingEvent event(TracingEvent.Kind kind, long endNanos) {
    return new TracingEvent(
        kind,
        new SpanSnapshot(
            trace,
            id(),
            unknownParent ? "ffffffffffffffff" : parent == null ? null : parent.id(),
            parent == null && !unknownParent,
            event,
            name,
            type,
            op,
            null,
            entity,
            nanos(start),
            endNanos,
            error == null ? SpanStatus.UNSET : SpanStatus.error(error.message()),
            kind == TracingEvent.Kind.SPAN_ENDED ? error : null,
            attributes.build(),
            input,
            output,
            metadata,
            tags));
  }

  private static long nanos(double seconds) {
    return EPOCH * 1_000_000_000L + Math.round(seconds * 1e9);
  }
}
