package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.SpanData;
import io.onlooker.store.Spans;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpanRecordTest {

  private static final TraceKey TRACE = Ids.trace(7, Spans.trace(1));

  @Provide
  Arbitrary<List<SpanData>> spans() {
    return Items.spans().list().ofMaxSize(6);
  }

  @Property(tries = 200)
  void spans_comeBackEqual(
      @ForAll("spans") List<SpanData> any, @ForAll("spans") List<SpanData> usual) {
    List<HotSpan> spans = inTrace(any);
    List<HotSpan> known = new ArrayList<>(spans);
    for (int uses = 0; uses < 3; uses++) {
      known.addAll(inTrace(usual));
    }
    KnownNames names = KnownNames.of(known);
    ByteSink written = new ByteSink();
    names.write(written);
    new SpanRecordWriter(written, names).write(TRACE, known);

    ByteSource source = new ByteSource(written.toBytes());
    KnownNames read = KnownNames.read(source);

    assertThat(new SpanRecordReader(source, read).read()).isEqualTo(known);
    assertThat(source.isEmpty()).isTrue();
  }

  @Property(tries = 100)
  void spans_cutShort(@ForAll("spans") List<SpanData> any, @ForAll int where) {
    byte[] bytes = written(inTrace(any));
    byte[] cut = java.util.Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));

    assertThatThrownBy(() -> new SpanRecordReader(new ByteSource(cut), KnownNames.NONE).read())
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void parents_beforeAndBehindAndOutside() {
    List<HotSpan> spans =
        inTrace(
            List.of(
                Spans.of(1, 1).make(),
                Spans.of(1, 2).parent(1).make(),
                Spans.of(1, 3).parent(4).make(),
                Spans.of(1, 4).parent(2).make(),
                Spans.of(1, 5).parent(5).make(),
                Spans.of(1, 6).parent(99).make()));

    assertThat(read(written(spans))).isEqualTo(spans);
  }

  @Test
  void value_ofAKindThatIsNone() {
    byte[] bytes = written(inTrace(List.of(Spans.of(1, 1).with("flag", true).make())));
    bytes[bytes.length - 2] = 9;

    assertThatThrownBy(() -> read(bytes)).hasMessage("value kind: 9 (expected: 1 to 6)");
  }

  private static byte[] written(List<HotSpan> spans) {
    ByteSink written = new ByteSink();
    new SpanRecordWriter(written, KnownNames.NONE).write(TRACE, spans);
    return written.toBytes();
  }

  private static List<HotSpan> read(byte[] bytes) {
    return new SpanRecordReader(new ByteSource(bytes), KnownNames.NONE).read();
  }

  /** The same, as spans of one trace. */
  private static List<HotSpan> inTrace(List<SpanData> spans) {
    return spans.stream().map(SpanRecordTest::inTrace).toList();
  }

  private static HotSpan inTrace(SpanData span) {
    return HotSpan.of(
        TRACE,
        new SpanData(
            TRACE.id(),
            span.spanId(),
            span.parentSpanId(),
            span.name(),
            span.op(),
            span.startNanos(),
            span.endNanos(),
            span.status(),
            span.segment(),
            span.attributes(),
            span.events()));
  }
}
