package io.onlooker.store.embedded;

import io.onlooker.store.embedded.TableStream.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text that a segment holds apart from its span: a prompt, an answer, a document. */
record LongText(HotSpan span, String key, String value) {

  static final List<Column<LongText>> COLUMNS =
      List.of(
          new Column<>("project", AttributeKind.WHOLE, text -> (long) text.trace().project()),
          new Column<>("trace_high", AttributeKind.WHOLE, text -> text.trace().high()),
          new Column<>("trace_low", AttributeKind.WHOLE, text -> text.trace().low()),
          new Column<>("span_id", AttributeKind.WHOLE, text -> text.span().spanId()),
          new Column<>("key", AttributeKind.TEXT, LongText::key),
          new Column<>("value", AttributeKind.TEXT, LongText::value));

  private TraceKey trace() {
    return span.trace();
  }

  /** The long texts of the spans, those of a trace together. */
  static List<LongText> of(List<HotSpan> spans) {
    List<LongText> texts = new ArrayList<>();
    for (HotSpan span : spans) {
      span.data()
          .attributes()
          .forEach((key, value) -> {
            if (ColumnPlan.isLong(value)) {
              texts.add(new LongText(span, key, (String) value));
            }
          });
    }
    texts.sort(
        Comparator.comparingLong((LongText text) -> text.trace().high())
            .thenComparingLong(text -> text.trace().low()));
    return texts;
  }

  static Words words(List<LongText> texts) {
    Words words = new Words();
    texts.forEach(text -> words.add(text.value()));
    return words;
  }
}
