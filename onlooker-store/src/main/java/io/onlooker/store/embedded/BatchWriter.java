package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.store.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one batch for the journal: a version, the project, the items. Names that recur, such as
 * attribute keys, are written once and then referred to by number.
 */
final class BatchWriter {

  /** In the first one, texts that recur were written each time. */
  static final int VERSION = 2;

  static final int SPAN = 1;
  static final int LOG = 2;
  static final int ERROR = 3;

  static final int TEXT = 1;
  static final int WHOLE = 2;
  static final int FRACTION = 3;
  static final int TRUE = 4;
  static final int FALSE = 5;
  static final int LIST = 6;

  /** The text that stood at this place among the attributes that were written before. */
  static final int SAME = 7;

  private static final int USUAL_ITEM = 192;

  private final ByteSink sink = new ByteSink();
  private final Map<String, Name> names = new HashMap<>();
  private final KeyMemo<Name> keys = new KeyMemo<>(this::named);
  private final List<@Nullable Object> before = new ArrayList<>();
  private boolean wellFormed = true;

  private static final class Name {

    private final int number;
    private boolean written;

    Name(int number) {
      this.number = number;
    }
  }

  /**
   * @throws IllegalArgumentException when an id is not lowercase hex digits
   */
  byte[] write(Batch batch) {
    sink.expect(batch.items().size() * USUAL_ITEM);
    sink.put(VERSION);
    sink.putSigned(batch.project());
    sink.putUnsigned(batch.items().size());
    batch.items().forEach(this::item);
    return sink.toBytes();
  }

  /** Whether reading gives back what was written; not so when a surrogate lacked its other half. */
  boolean wellFormed() {
    return wellFormed;
  }

  private void item(Item item) {
    switch (item) {
      case SpanData span -> span(span);
      case LogData log -> log(log);
      case ErrorData error -> error(error);
    }
  }

  private void span(SpanData span) {
    sink.put(SPAN);
    traceId(span.traceId());
    sink.putFixed(Ids.span("spanId", span.spanId()));
    spanId("parentSpanId", span.parentSpanId());
    name(span.name());
    optionalName(span.op());
    sink.putFixed(span.startNanos());
    sink.putSigned(span.open() ? 0 : span.endNanos() - span.startNanos());
    sink.put((span.segment() ? 1 : 0) | (span.open() ? 2 : 0));
    name(span.status().code().name());
    optionalText(span.status().message());
    attributes(span.attributes());
    sink.putUnsigned(span.events().size());
    span.events().forEach(this::event);
  }

  private void event(SpanEvent event) {
    sink.putFixed(event.timeNanos());
    name(event.name());
    attributes(event.attributes());
  }

  private void log(LogData log) {
    sink.put(LOG);
    sink.putFixed(log.timeNanos());
    optionalTraceId(log.traceId());
    spanId("spanId", log.spanId());
    sink.put(log.level().severityNumber());
    text(log.body());
    attributes(log.attributes());
  }

  private void error(ErrorData error) {
    sink.put(ERROR);
    text(error.eventId());
    sink.putFixed(error.timeNanos());
    optionalTraceId(error.traceId());
    spanId("spanId", error.spanId());
    sink.put(error.level().severityNumber());
    optionalText(error.message());
    sink.putUnsigned(error.exceptions().size());
    error.exceptions().forEach(this::exception);
    attributes(error.attributes());
  }

  private void exception(ExceptionData exception) {
    name(exception.type());
    optionalText(exception.value());
    Boolean handled = exception.handled();
    sink.put(handled == null ? 0 : handled ? 1 : 2);
    sink.putUnsigned(exception.frames().size());
    exception.frames().forEach(this::frame);
  }

  private void frame(Frame frame) {
    optionalName(frame.module());
    optionalName(frame.function());
    optionalName(frame.file());
    sink.putSigned(frame.line());
    sink.put(frame.inApp() ? 1 : 0);
  }

  private void attributes(Attributes attributes) {
    sink.putUnsigned(attributes.size());
    keys.restart();
    Place place = new Place();
    attributes.forEach((key, value) -> {
      put(requireNonNull(keys.next(key), "name"), key);
      value(place.at++, value);
    });
  }

  private static final class Place {
    private int at;
  }

  private void value(int place, Object value) {
    if (place == before.size()) {
      before.add(null);
    }
    if (value instanceof String && value.equals(before.get(place))) {
      sink.put(SAME);
    } else {
      before.set(place, value);
      value(value);
    }
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

  private void traceId(String id) {
    TraceKey key = Ids.trace(0, id);
    sink.putFixed(key.high());
    sink.putFixed(key.low());
  }

  private void optionalTraceId(@Nullable String id) {
    sink.put(id == null ? 0 : 1);
    if (id != null) {
      traceId(id);
    }
  }

  private void spanId(String name, @Nullable String id) {
    sink.put(id == null ? 0 : 1);
    if (id != null) {
      sink.putFixed(Ids.span(name, id));
    }
  }

  /** 0 and the text at its first use in the batch, its number from then on. */
  private void name(String name) {
    put(named(name), name);
  }

  private Name named(String name) {
    return names.computeIfAbsent(name, _ -> new Name(names.size() + 1));
  }

  private void put(Name known, String name) {
    if (known.written) {
      sink.putUnsigned(known.number);
    } else {
      known.written = true;
      sink.put(0);
      text(name);
    }
  }

  private void optionalName(@Nullable String name) {
    sink.put(name == null ? 0 : 1);
    if (name != null) {
      name(name);
    }
  }

  private void optionalText(@Nullable String text) {
    sink.put(text == null ? 0 : 1);
    if (text != null) {
      text(text);
    }
  }

  private void text(String text) {
    wellFormed &= wellFormed(text);
    sink.putText(text);
  }

  private static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          i++;
        } else {
          return false;
        }
      }
    }
    return true;
  }
}
