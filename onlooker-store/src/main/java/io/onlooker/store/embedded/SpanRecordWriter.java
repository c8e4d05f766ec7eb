package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes spans of one trace for a {@link TraceCopy}. What repeats in a trace is made short: times
 * are told from the one before, parents by their place, texts by their number where that is known.
 */
final class SpanRecordWriter {

  static final int OPEN = 1;
  static final int SEGMENT = 2;

  static final int NO_PARENT = 0;
  static final int PARENT_BY_ID = 1;

  /** And from here on, by its place among the spans before it. */
  static final int PARENT_BY_PLACE = 2;

  static final int TEXT = 1;
  static final int WHOLE = 2;
  static final int FRACTION = 3;
  static final int TRUE = 4;
  static final int FALSE = 5;
  static final int LIST = 6;

  private final ByteSink sink;
  private final KnownNames names;
  private final Map<Long, Integer> places = new HashMap<>();
  private long lastTime;

  SpanRecordWriter(ByteSink sink, KnownNames names) {
    this.sink = sink;
    this.names = names;
  }

  /** Writes one record. */
  void write(TraceKey trace, List<HotSpan> spans) {
    sink.putSigned(trace.project());
    sink.putFixed(trace.high());
    sink.putFixed(trace.low());
    sink.putUnsigned(spans.size());
    places.clear();
    lastTime = 0;
    for (int place = 0; place < spans.size(); place++) {
      span(spans.get(place));
      places.putIfAbsent(spans.get(place).spanId(), place);
    }
  }

  private void span(HotSpan span) {
    SpanData data = span.data();
    sink.putFixed(span.spanId());
    parent(data.parentSpanId());
    text(data.name());
    optional(data.op());
    time(data.startNanos());
    sink.put((data.open() ? OPEN : 0) | (data.segment() ? SEGMENT : 0));
    sink.putSigned(data.open() ? 0 : data.endNanos() - data.startNanos());
    text(data.status().code().name());
    optional(data.status().message());
    attributes(data.attributes());
    sink.putUnsigned(data.events().size());
    data.events().forEach(this::event);
  }

  private void parent(@Nullable String id) {
    if (id == null) {
      sink.putUnsigned(NO_PARENT);
      return;
    }
    long parent = Ids.span("parentSpanId", id);
    Integer place = places.get(parent);
    if (place != null) {
      sink.putUnsigned(PARENT_BY_PLACE + place);
    } else {
      sink.putUnsigned(PARENT_BY_ID);
      sink.putFixed(parent);
    }
  }

  private void time(long nanos) {
    sink.putSigned(nanos - lastTime);
    lastTime = nanos;
  }

  private void event(SpanEvent event) {
    time(event.timeNanos());
    text(event.name());
    attributes(event.attributes());
  }

  /** Keys by themselves: many spans have the same ones in the same order. */
  private void attributes(Attributes attributes) {
    sink.putUnsigned(attributes.size());
    attributes.forEach((key, _) -> text(key));
    attributes.forEach((_, value) -> value(value));
  }

  private void value(Object value) {
    switch (value) {
      case String text -> {
        sink.put(TEXT);
        text(text);
      }
      case Long whole -> {
        sink.put(WHOLE);
        sink.putSigned(whole);
      }
      case Double fraction -> {
        sink.put(FRACTION);
        sink.putFixed(Double.doubleToRawLongBits(fraction));
      }
      case Boolean flag -> sink.put(flag ? TRUE : FALSE);
      case List<?> list -> {
        sink.put(LIST);
        sink.putUnsigned(list.size());
        list.forEach(this::value);
      }
      default -> throw new IllegalArgumentException("attribute value: " + value.getClass());
    }
  }

  private void optional(@Nullable String text) {
    sink.put(text == null ? 0 : 1);
    if (text != null) {
      text(text);
    }
  }

  /** Its number, or 0 and the text. */
  private void text(String text) {
    int number = names.number(text);
    sink.putUnsigned(number);
    if (number == 0) {
      sink.putText(text);
    }
  }
}
