package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes what {@link BatchWriter} wrote. */
final class BatchReader {

  private final ByteSource source;
  private final List<String> names = new ArrayList<>();
  private final List<Object> before = new ArrayList<>();

  BatchReader(byte[] bytes) {
    source = new ByteSource(bytes);
  }

  /**
   * @throws RuntimeException when the bytes are not a batch
   */
  Batch read() {
    int version = source.take();
    if (version < 1 || version > BatchWriter.VERSION) {
      throw new IllegalArgumentException(
          "batch version: " + version + " (expected: 1 to " + BatchWriter.VERSION + ")");
    }
    int project = (int) source.takeSigned();
    return new Batch(project, list(this::item));
  }

  private Item item() {
    int kind = source.take();
    return switch (kind) {
      case BatchWriter.SPAN -> span();
      case BatchWriter.LOG -> log();
      case BatchWriter.ERROR -> error();
      default -> throw new IllegalArgumentException("item kind: " + kind + " (expected: 1 to 3)");
    };
  }

  private SpanData span() {
    String traceId = traceId();
    String spanId = Ids.text(source.takeFixed());
    String parentSpanId = spanId();
    String name = name();
    String op = optionalName();
    long startNanos = source.takeFixed();
    long duration = source.takeSigned();
    int flags = source.take();
    SpanStatus status = status();
    Attributes attributes = attributes();
    return new SpanData(
        traceId,
        spanId,
        parentSpanId,
        name,
        op,
        startNanos,
        (flags & 2) != 0 ? SpanData.OPEN : startNanos + duration,
        status,
        (flags & 1) != 0,
        attributes,
        list(this::event));
  }

  private SpanStatus status() {
    SpanStatus.Code code = SpanStatus.Code.valueOf(name());
    String message = optionalText();
    return new SpanStatus(code, message);
  }

  private SpanEvent event() {
    long time = source.takeFixed();
    String name = name();
    return new SpanEvent(time, name, attributes());
  }

  private LogData log() {
    long time = source.takeFixed();
    String traceId = optionalTraceId();
    String spanId = spanId();
    LogData.Level level = LogData.Level.ofSeverity(source.take());
    String body = source.takeText();
    return new LogData(time, traceId, spanId, level, body, attributes());
  }

  private ErrorData error() {
    String eventId = source.takeText();
    long time = source.takeFixed();
    String traceId = optionalTraceId();
    String spanId = spanId();
    LogData.Level level = LogData.Level.ofSeverity(source.take());
    String message = optionalText();
    List<ExceptionData> exceptions = list(this::exception);
    return new ErrorData(eventId, time, traceId, spanId, level, message, exceptions, attributes());
  }

  private ExceptionData exception() {
    String type = name();
    String value = optionalText();
    int handled = source.take();
    return new ExceptionData(
        type, value, handled == 0 ? null : Boolean.valueOf(handled == 1), list(this::frame));
  }

  private Frame frame() {
    String module = optionalName();
    String function = optionalName();
    String file = optionalName();
    int line = (int) source.takeSigned();
    return new Frame(module, function, file, line, source.take() == 1);
  }

  private Attributes attributes() {
    int size = source.takeCount();
    Attributes.Builder builder = Attributes.builder();
    for (int i = 0; i < size; i++) {
      String key = name();
      builder.put(key, value(i));
    }
    return builder.build();
  }

  private Object value(int place) {
    int kind = source.take();
    if (kind == BatchWriter.SAME) {
      return before.get(place);
    }
    Object value = ofKind(kind);
    if (place == before.size()) {
      before.add(value);
    } else {
      before.set(place, value);
    }
    return value;
  }

  private Object value() {
    return ofKind(source.take());
  }

  private Object ofKind(int kind) {
    return switch (kind) {
      case BatchWriter.TEXT -> source.takeText();
      case BatchWriter.WHOLE -> source.takeSigned();
      case BatchWriter.FRACTION -> Double.longBitsToDouble(source.takeFixed());
      case BatchWriter.TRUE -> true;
      case BatchWriter.FALSE -> false;
      case BatchWriter.LIST -> list(this::value);
      default -> throw new IllegalArgumentException("value kind: " + kind + " (expected: 1 to 7)");
    };
  }

  private <T> List<T> list(Supplier<T> element) {
    int size = source.takeCount();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.get());
    }
    return list;
  }

  private String traceId() {
    long high = source.takeFixed();
    return Ids.text(high, source.takeFixed());
  }

  private @Nullable String optionalTraceId() {
    return source.take() == 0 ? null : traceId();
  }

  private @Nullable String spanId() {
    return source.take() == 0 ? null : Ids.text(source.takeFixed());
  }

  private String name() {
    int number = (int) source.takeUnsigned();
    if (number > 0) {
      return names.get(number - 1);
    }
    String name = source.takeText();
    names.add(name);
    return name;
  }

  private @Nullable String optionalName() {
    return source.take() == 0 ? null : name();
  }

  private @Nullable String optionalText() {
    return source.take() == 0 ? null : source.takeText();
  }
}
