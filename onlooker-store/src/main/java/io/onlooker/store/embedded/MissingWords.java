package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.Part;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the lists of words that segments lack: those of folders from before there were any, and
 * damaged ones.
 */
final class MissingWords {

  private static final Logger log = LoggerFactory.getLogger(MissingWords.class);

  /** All texts are read for it, so that it takes about a second for each. */
  private static final int AT_A_TIME = 8;

  private final DataFolder folder;
  private final WritingEngine engine;
  private final Set<Long> givenUp = new HashSet<>();

  MissingWords(DataFolder folder, WritingEngine engine) {
    this.folder = folder;
    this.engine = engine;
  }

  /** Makes some of them, whose segments nobody deletes meanwhile. */
  void make(View view) throws IOException {
    List<Segment> lacking =
        view.segments().stream()
            .filter(segment -> segment.file(Part.TEXTS) != null && !segment.words().isThere())
            .filter(segment -> !givenUp.contains(segment.number()))
            .limit(AT_A_TIME)
            .toList();
    for (Segment segment : lacking) {
      make(segment);
    }
  }

  private void make(Segment segment) throws IOException {
    try {
      segment.words().write(folder, words(segment));
      log.info("segment {}: its texts' words are known now", segment.number());
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      givenUp.add(segment.number());
      log.warn("segment {}: its texts' words are not known until a restart", segment.number(), e);
    }
  }

  /** Reads some rows after others: all at once might not fit into memory. */
  private Words words(Segment segment) {
    Words words = new Words();
    int from = 0;
    int read;
    do {
      read = add(segment, from, words);
      from += SegmentWriter.TEXT_ROW_GROUP;
    } while (read > 0);
    return words;
  }

  private int add(Segment segment, int from, Words words) {
    String file = Sql.literal(String.valueOf(segment.file(Part.TEXTS)));
    Sql sql = Sql.of("SELECT value FROM read_parquet(" + file + ", file_row_number = true)");
    sql.add(" WHERE file_row_number >= ").bind(from);
    sql.add(" AND file_row_number < ").bind(from + SegmentWriter.TEXT_ROW_GROUP);
    try (EngineQuery query = engine.get().query()) {
      return query
          .rows(
              sql,
              row -> {
                words.add(row.getString(1));
                return true;
              })
          .size();
    }
  }
}
