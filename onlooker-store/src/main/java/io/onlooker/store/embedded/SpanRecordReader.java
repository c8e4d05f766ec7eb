package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes what {@link SpanRecordWriter} wrote. */
final class SpanRecordReader {

  private final ByteSource source;
  private final KnownNames names;
  private final List<HotSpan> spans = new ArrayList<>();
  private long lastTime;

  SpanRecordReader(ByteSource source, KnownNames names) {
    this.source = source;
    this.names = names;
  }

  /**
   * Reads one record from where the source is.
   *
   * @throws RuntimeException when the bytes are not a record
   */
  List<HotSpan> read() {
    TraceKey trace =
        new TraceKey((int) source.takeSigned(), source.takeFixed(), source.takeFixed());
    spans.clear();
    lastTime = 0;
    String traceId = trace.id();
    for (int left = source.takeCount(); left > 0; left--) {
      long spanId = source.takeFixed();
      spans.add(new HotSpan(trace, spanId, span(traceId, Ids.text(spanId))));
    }
    return List.copyOf(spans);
  }

  private SpanData span(String traceId, String spanId) {
    String parentSpanId = parent();
    String name = text();
    String op = optional();
    long start = time();
    int flags = source.take();
    long duration = source.takeSigned();
    return new SpanData(
        traceId,
        spanId,
        parentSpanId,
        name,
        op,
        start,
        (flags & SpanRecordWriter.OPEN) != 0 ? SpanData.OPEN : start + duration,
        new SpanStatus(SpanStatus.Code.valueOf(text()), optional()),
        (flags & SpanRecordWriter.SEGMENT) != 0,
        attributes(),
        list(this::event));
  }

  private @Nullable String parent() {
    int how = (int) source.takeUnsigned();
    return switch (how) {
      case SpanRecordWriter.NO_PARENT -> null;
      case SpanRecordWriter.PARENT_BY_ID -> Ids.text(source.takeFixed());
      default -> spans.get(how - SpanRecordWriter.PARENT_BY_PLACE).data().spanId();
    };
  }

  private long time() {
    lastTime += source.takeSigned();
    return lastTime;
  }

  private SpanEvent event() {
    return new SpanEvent(time(), text(), attributes());
  }

  private Attributes attributes() {
    List<String> keys = list(this::text);
    Attributes.Builder attributes = Attributes.builder();
    for (String key : keys) {
      attributes.put(key, value());
    }
    return attributes.build();
  }

  private Object value() {
    int kind = source.take();
    return switch (kind) {
      case SpanRecordWriter.TEXT -> text();
      case SpanRecordWriter.WHOLE -> source.takeSigned();
      case SpanRecordWriter.FRACTION -> Double.longBitsToDouble(source.takeFixed());
      case SpanRecordWriter.TRUE -> true;
      case SpanRecordWriter.FALSE -> false;
      case SpanRecordWriter.LIST -> list(this::value);
      default -> throw new IllegalArgumentException("value kind: " + kind + " (expected: 1 to 6)");
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

  private @Nullable String optional() {
    return source.take() == 0 ? null : text();
  }

  private String text() {
    int number = (int) source.takeUnsigned();
    return number == 0 ? source.takeText() : names.name(number);
  }
}
