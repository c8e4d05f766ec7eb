package io.onlooker.server.privacy;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some texts of a batch, so few and so short that any number of them may wait.
 *
 * @param texts in no order, none longer than {@link #LONGEST}
 */
record TextSample(int project, List<String> texts) {

  static final int LONGEST = 8 * 1024;

  private static final int MOST_ITEMS = 8;
  private static final int MOST_CHARS = 64 * 1024;

  /** Takes up to eight items, evenly spread over the batch. */
  static TextSample of(Batch batch) {
    List<Item> items = batch.items();
    Taker taker = new Taker();
    int step = Math.max(1, items.size() / MOST_ITEMS);
    for (int i = 0; i < items.size() && i < step * MOST_ITEMS; i += step) {
      taker.item(items.get(i));
    }
    return new TextSample(batch.project(), taker.texts);
  }

  private static final class Taker {

    private final List<String> texts = new ArrayList<>();
    private int chars;

    void item(Item item) {
      switch (item) {
        case SpanData span -> {
          text(span.name());
          text(span.status().message());
          attributes(span.attributes());
          span.events().forEach(event -> attributes(event.attributes()));
        }
        case LogData log -> {
          text(log.body());
          attributes(log.attributes());
        }
        case ErrorData error -> {
          text(error.message());
          error.exceptions().forEach(exception -> text(exception.value()));
          attributes(error.attributes());
        }
      }
    }

    private void attributes(Attributes attributes) {
      attributes.forEach((_, value) -> value(value));
    }

    private void value(Object value) {
      if (value instanceof String text) {
        text(text);
      } else if (value instanceof List<?> list) {
        list.forEach(this::value);
      }
    }

    private void text(@Nullable String text) {
      if (text == null || text.isEmpty() || chars >= MOST_CHARS) {
        return;
      }
      String beginning = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
      chars += beginning.length();
      texts.add(beginning);
    }
  }
}
