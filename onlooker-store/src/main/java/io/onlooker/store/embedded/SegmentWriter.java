package io.onlooker.store.embedded;

import io.onlooker.LogData;
import io.onlooker.store.embedded.Segment.KeyColumns;
import io.onlooker.store.embedded.Segment.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Writes items from memory into the files of a segment. */
final class SegmentWriter {

  /** Many small row groups where whole texts are fetched one by one. */
  static final int TEXT_ROW_GROUP = 2048;

  static final int ROW_GROUP = 61_440;
  private final Engine engine;
  private final DataFolder folder;
  private final long number;
  private final WordFile words;
  private final Map<Part, Path> files = new EnumMap<>(Part.class);

  SegmentWriter(Engine engine, DataFolder folder, long number) {
    this.engine = engine;
    this.folder = folder;
    this.number = number;
    words = new WordFile(folder.words(number));
  }

  /** The segment; its files are durable, but count only when the catalog names it. */
  Segment write(List<HotSpan> unsorted, List<Generation.Note> notes) throws IOException {
    List<HotSpan> spans = unsorted.stream().sorted(SegmentWriter::byOpAndTime).toList();
    Map<String, KeyColumns> keys = new ColumnPlan(spans).keys();
    spans(spans, keys);
    notes(notes);
    Path traces = folder.traces(number);
    TraceHashes.write(traces, traces(spans, notes));
    Disk.forceFolder(folder.segments());
    return new Segment(number, files, summary(spans, notes), keys, TraceHashes.open(traces), words);
  }

  private static int byOpAndTime(HotSpan one, HotSpan other) {
    int byProject = Integer.compare(one.trace().project(), other.trace().project());
    int byOp = byProject != 0 ? byProject : compare(one.data().op(), other.data().op());
    return byOp != 0 ? byOp : Long.compare(one.data().startNanos(), other.data().startNanos());
  }

  /** None comes first. */
  private static int compare(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return one.compareTo(other);
  }

  private void spans(List<HotSpan> spans, Map<String, KeyColumns> keys) throws IOException {
    try (EngineQuery query = engine.query()) {
      if (!spans.isEmpty()) {
        write(query, Part.SPANS, new SealStream(query.allocator(), spans, keys), ROW_GROUP);
      }
      boolean hasTexts = keys.values().stream().anyMatch(KeyColumns::inTexts);
      List<LongText> texts = hasTexts ? LongText.of(spans) : List.of();
      if (!texts.isEmpty()) {
        ArrowReader rows = new TableStream<>(query.allocator(), texts, LongText.COLUMNS);
        write(query, Part.TEXTS, rows, TEXT_ROW_GROUP);
        words.write(folder, LongText.words(texts));
      }
    }
  }

  private void notes(List<Generation.Note> notes) throws IOException {
    List<Generation.Note> logs =
        notes.stream().filter(note -> note.item() instanceof LogData).toList();
    List<Generation.Note> errors =
        notes.stream().filter(note -> !(note.item() instanceof LogData)).toList();
    try (EngineQuery query = engine.query()) {
      if (!logs.isEmpty()) {
        ArrowReader rows = new TableStream<>(query.allocator(), logs, NoteColumns.LOGS);
        write(query, Part.LOGS, rows, ROW_GROUP);
      }
      if (!errors.isEmpty()) {
        ArrowReader rows = new TableStream<>(query.allocator(), errors, NoteColumns.ERRORS);
        write(query, Part.ERRORS, rows, ROW_GROUP);
      }
    }
  }

  private void write(EngineQuery query, Part part, ArrowReader rows, int rowGroup)
      throws IOException {
    Path file = folder.file(number, part);
    query.register("sealed", rows);
    new ParquetCopy(query, folder).write(Sql.of("SELECT * FROM sealed"), file, rowGroup);
    files.put(part, file);
  }

  private static Set<TraceKey> traces(List<HotSpan> spans, List<Generation.Note> notes) {
    Set<TraceKey> traces = new HashSet<>();
    spans.forEach(span -> traces.add(span.trace()));
    notes.stream().map(Generation.Note::trace).filter(Objects::nonNull).forEach(traces::add);
    return traces;
  }

  private Segment.Summary summary(List<HotSpan> spans, List<Generation.Note> notes)
      throws IOException {
    Set<Integer> projects = new TreeSet<>();
    Set<String> ops = new TreeSet<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (HotSpan span : spans) {
      projects.add(span.trace().project());
      if (span.data().op() != null) {
        ops.add(span.data().op());
      }
      first = Math.min(first, span.data().startNanos());
      last = Math.max(last, span.data().startNanos());
    }
    for (Generation.Note note : notes) {
      projects.add(note.project());
      first = Math.min(first, note.timeNanos());
      last = Math.max(last, note.timeNanos());
    }
    long bytes = 0;
    for (Path file : files.values()) {
      bytes += Files.size(file);
    }
    return new Segment.Summary(spans.size(), first, last, projects, ops, bytes);
  }
}
