package io.onlooker.store;

import io.onlooker.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some spans.
 *
 * @param cursor what to ask for the page behind this one, or null at the end
 */
public record SpanPage(List<SpanData> spans, @Nullable String cursor) {

  public SpanPage {
    spans = List.copyOf(spans);
  }
}
