package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes any items that an application could send. */
final class Items {

  private Items() {}

  static Arbitrary<Batch> batches() {
    return Combinators.combine(Arbitraries.integers(), items().list().ofMaxSize(12)).as(Batch::new);
  }

  static Arbitrary<Item> items() {
    return Arbitraries.oneOf(spans(), logs(), errors());
  }

  static Arbitrary<SpanData> spans() {
    return Combinators.combine(
            ids(32), ids(16), ids(16).injectNull(0.3), texts(), texts().injectNull(0.2))
        .flatAs(Items::span);
  }

  private static Arbitrary<SpanData> span(
      String trace, String id, String parent, String name, String op) {
    Arbitrary<Long> ends = Arbitraries.oneOf(times(), Arbitraries.just(SpanData.OPEN));
    return Combinators.combine(
            times(),
            ends,
            statuses(),
            Arbitraries.of(true, false),
            attributes(),
            events().list().ofMaxSize(3))
        .as((start, end, status, segment, attributes, events) ->
            new SpanData(
                trace, id, parent, name, op, start, end, status, segment, attributes, events));
  }

  private static Arbitrary<SpanStatus> statuses() {
    return Combinators.combine(Arbitraries.of(SpanStatus.Code.class), texts().injectNull(0.5))
        .as(SpanStatus::new);
  }

  private static Arbitrary<SpanEvent> events() {
    return Combinators.combine(times(), texts(), attributes()).as(SpanEvent::new);
  }

  static Arbitrary<LogData> logs() {
    return Combinators.combine(
            times(),
            ids(32).injectNull(0.2),
            ids(16).injectNull(0.2),
            Arbitraries.of(LogData.Level.class),
            texts(),
            attributes())
        .as(LogData::new);
  }

  static Arbitrary<ErrorData> errors() {
    return Combinators.combine(
            ids(32),
            times(),
            ids(32).injectNull(0.2),
            ids(16).injectNull(0.2),
            Arbitraries.of(LogData.Level.class),
            texts().injectNull(0.5),
            exceptions().list().ofMaxSize(3),
            attributes())
        .as(ErrorData::new);
  }

  private static Arbitrary<ErrorData.ExceptionData> exceptions() {
    return Combinators.combine(
            texts(),
            texts().injectNull(0.3),
            Arbitraries.of(true, false).injectNull(0.3),
            frames().list().ofMaxSize(3))
        .as(ErrorData.ExceptionData::new);
  }

  private static Arbitrary<ErrorData.Frame> frames() {
    return Combinators.combine(
            texts().injectNull(0.3),
            texts().injectNull(0.3),
            texts().injectNull(0.3),
            Arbitraries.integers(),
            Arbitraries.of(true, false))
        .as(ErrorData.Frame::new);
  }

  static Arbitrary<Attributes> attributes() {
    return Arbitraries.maps(texts(), values())
        .ofMaxSize(8)
        .map(map -> Attributes.of((Map<String, ?>) map));
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts().asGeneric(),
            texts().map(text -> text.repeat(300)).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric());
    Arbitrary<Object> lists = scalars.list().ofMaxSize(4).asGeneric();
    return Arbitraries.oneOf(scalars, lists, lists.list().ofMaxSize(2).asGeneric());
  }

  /** Nanoseconds of two centuries on either side of 1970. */
  static Arbitrary<Long> times() {
    return Arbitraries.longs().between(-6_000_000_000_000_000_000L, 6_000_000_000_000_000_000L);
  }

  private static Arbitrary<String> ids(int digits) {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(digits);
  }

  /** Any text of whole characters, odd ones often. */
  static Arbitrary<String> texts() {
    Arbitrary<String> usual = Arbitraries.strings().alpha().ofMaxLength(6);
    Arbitrary<String> odd =
        Arbitraries.of(
            "", "\0", "\"", "'", "\\", "é", "\uD83D\uDE00", "a.B", "A.b", "\n", "5", "1e3");
    Arbitrary<String> any =
        Arbitraries.strings().ofMaxLength(8).map(text -> text.replaceAll("[\\ud800-\\udfff]", ""));
    return Arbitraries.oneOf(usual, odd, any);
  }
}
