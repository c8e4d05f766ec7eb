package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes segments again as one, without what no longer counts or is past its time. */
final class SegmentMerge {

  private final Engine engine;
  private final DataFolder folder;
  private final Kept kept;
  private final View view;
  private final List<Segment> inputs;
  private final MergedKeys keys = new MergedKeys();
  private final Map<Part, Path> files = new EnumMap<>(Part.class);

  SegmentMerge(Engine engine, DataFolder folder, Kept kept, View view, List<Segment> inputs) {
    this.engine = engine;
    this.folder = folder;
    this.kept = kept;
    this.view = view;
    this.inputs = inputs;
    inputs.forEach(keys::add);
  }

  /** The segment, null when nothing is left; its files are durable. */
  @Nullable Segment write(long number) throws IOException {
    copy(number, Part.SPANS, SegmentWriter.ROW_GROUP, this::spans);
    copy(number, Part.TEXTS, SegmentWriter.TEXT_ROW_GROUP, this::texts);
    copy(number, Part.LOGS, SegmentWriter.ROW_GROUP, this::notes);
    copy(number, Part.ERRORS, SegmentWriter.ROW_GROUP, this::notes);
    if (files.isEmpty()) {
      return null;
    }
    Path traces = folder.traces(number);
    TraceHashes.merge(traces, inputs.stream().map(Segment::traces).toList());
    Disk.forceFolder(folder.segments());
    return new Segment(
        number, files, summary(), keys.keys(), TraceHashes.open(traces), words(number));
  }

  /** Of all inputs, also of texts that are left out; none where an input has none. */
  private WordFile words(long number) throws IOException {
    WordFile file = new WordFile(folder.words(number));
    if (files.get(Part.TEXTS) == null) {
      return file;
    }
    Words words = new Words();
    for (Segment input : inputs) {
      byte[] list = input.file(Part.TEXTS) == null ? new Words().list() : input.words().copy();
      if (list == null) {
        return file;
      }
      words.addList(list);
    }
    file.write(folder, words);
    return file;
  }

  /** The rows of a part of all inputs that have it. */
  private interface Source {
    Sql of(EngineQuery query, List<Segment> having, Part part);
  }

  private void copy(long number, Part part, int rowGroup, Source source) throws IOException {
    List<Segment> having = inputs.stream().filter(input -> input.file(part) != null).toList();
    if (having.isEmpty()) {
      return;
    }
    try (EngineQuery query = engine.query()) {
      Path file = folder.file(number, part);
      new ParquetCopy(query, folder).write(source.of(query, having, part), file, rowGroup);
      if (isEmpty(query, file)) {
        Files.delete(file);
      } else {
        files.put(part, file);
      }
    }
  }

  private static boolean isEmpty(EngineQuery query, Path file) {
    Sql count = Sql.of("SELECT count(*) FROM read_parquet(" + Sql.literal(file.toString()) + ")");
    return query.rows(count, row -> row.getLong(1)).getFirst() == 0;
  }

  /**
   * Spans in the order of a segment without being sorted: that would keep all their columns in
   * memory. The inputs are sorted, so their ops are taken one after another, from file after file.
   */
  private Sql spans(EngineQuery query, List<Segment> having, Part part) {
    boolean someLeftOut = SupersededTable.create(query, view, having);
    String files =
        having.stream()
            .map(input -> Sql.literal(String.valueOf(input.file(part))))
            .collect(Collectors.joining(", "));
    return FilterSql.joined(
        MergeSlice.of(having),
        " UNION ALL ",
        "",
        slice -> {
          Sql sql = Sql.of("SELECT * EXCLUDE (filename) FROM read_parquet([" + files + "],");
          sql.add(" union_by_name = true, filename = true) f WHERE ").add(slice.condition());
          sql.add(inTime(having, "f.start_nanos"));
          return sql.add(someLeftOut ? SupersededTable.CONDITION : "");
        });
  }

  /** Texts have no time of their own: those stay whose span does. */
  private Sql texts(EngineQuery query, List<Segment> having, Part part) {
    return FilterSql.joined(
        having,
        " UNION ALL ",
        "",
        input -> {
          Sql sql = Sql.of("SELECT f.*").add(SegmentFiles.from(input, part)).add(" WHERE TRUE");
          for (int project : limited(List.of(input))) {
            sql.add(" AND (f.project <> ").bind(project);
            sql.add(" OR (f.project, f.trace_high, f.trace_low, f.span_id) IN")
                .add(" (SELECT (f.project, f.trace_high, f.trace_low, f.span_id)")
                .add(SegmentFiles.from(input, Part.SPANS))
                .add(" WHERE f.start_nanos >= ")
                .bind(kept.since(project))
                .add("))");
          }
          return sql.add(Superseded.condition(query, view, input));
        });
  }

  private Sql notes(EngineQuery unused, List<Segment> having, Part part) {
    return Sql.of("SELECT f.*")
        .add(SegmentFiles.from(having, part))
        .add(" WHERE TRUE")
        .add(inTime(having, "f.time_nanos"));
  }

  /** A condition to add for rows whose time is not past. */
  private Sql inTime(List<Segment> having, String time) {
    Sql sql = new Sql();
    for (int project : limited(having)) {
      sql.add(" AND (f.project <> ").bind(project);
      sql.add(" OR " + time + " >= ").bind(kept.since(project)).add(")");
    }
    return sql;
  }

  /** Projects of the inputs whose items are not kept for ever. */
  private List<Integer> limited(List<Segment> having) {
    return having.stream()
        .flatMap(input -> input.summary().projects().stream())
        .distinct()
        .filter(project -> kept.since(project) != Long.MIN_VALUE)
        .toList();
  }

  private Segment.Summary summary() throws IOException {
    long bytes = 0;
    for (Path file : files.values()) {
      bytes += Files.size(file);
    }
    Set<Integer> projects = new TreeSet<>();
    Set<String> ops = new TreeSet<>();
    long spans = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (EngineQuery query = engine.query()) {
      for (Counted counted : Counted.all(query, files)) {
        projects.add(counted.project());
        spans += counted.spans();
        first = Math.min(first, counted.first());
        last = Math.max(last, counted.last());
        if (counted.op() != null) {
          ops.add(counted.op());
        }
      }
    }
    return new Segment.Summary(spans, first, last, projects, ops, bytes);
  }

  /** What the written files hold of a project and op; of notes, no spans. */
  private record Counted(int project, @Nullable String op, long spans, long first, long last) {

    static List<Counted> all(EngineQuery query, Map<Part, Path> files) {
      List<Counted> all = new ArrayList<>();
      files.forEach((part, file) -> {
        String from = " FROM read_parquet(" + Sql.literal(file.toString()) + ") GROUP BY ALL";
        switch (part) {
          case SPANS ->
              all.addAll(of(query, "op, count(*), min(start_nanos), max(start_nanos)" + from));
          case LOGS, ERRORS ->
              all.addAll(
                  of(query, "NULL::VARCHAR, 0::BIGINT, min(time_nanos), max(time_nanos)" + from));
          case TEXTS -> {}
        }
      });
      return all;
    }

    private static List<Counted> of(EngineQuery query, String selected) {
      return query.rows(
          Sql.of("SELECT project, " + selected),
          row ->
              new Counted(
                  row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)));
    }
  }
}
