package io.onlooker.server.api;

import io.onlooker.server.export.RowFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a question, page by page. The first page is read at once, so that a wrong question
 * can still be refused.
 */
final class Pages<T> {

  private final Source<T> source;
  private Page<T> page;

  Pages(Source<T> source) {
    this.source = source;
    page = source.behind(null);
  }

  void writeTo(RowFile<T> file) throws IOException {
    while (true) {
      for (T row : page.rows()) {
        file.add(row);
      }
      if (page.cursor() == null) {
        return;
      }
      page = source.behind(page.cursor());
    }
  }

  /** Reads a page. */
  @FunctionalInterface
  interface Source<T> {
    Page<T> behind(@Nullable String cursor);
  }

  /**
   * Some rows.
   *
   * @param cursor where they end, or null at the end of all
   */
  record Page<T>(List<T> rows, @Nullable String cursor) {}
}
