package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.KeyColumns;
import io.onlooker.store.embedded.Segment.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which segments count, as rows of the catalog's database. */
final class Catalog {

  private static final String IN_REST = "rest";
  private static final String IN_TEXTS = "texts";

  private final Database database;
  private final DataFolder folder;
  private long lastNumber;

  Catalog(Database database, DataFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  /** All segments and what no longer counts of them. Files that no segment names are deleted. */
  synchronized View open() throws IOException {
    Map<Long, Map<String, KeyColumns>> keys = keys();
    Map<Long, Segment> segments = new TreeMap<>();
    for (Map.Entry<Long, Segment.Summary> row : summaries().entrySet()) {
      long number = row.getKey();
      lastNumber = Math.max(lastNumber, number);
      segments.put(
          number,
          new Segment(
              number,
              files(number),
              row.getValue(),
              keys.getOrDefault(number, Map.of()),
              TraceHashes.open(folder.traces(number)),
              new WordFile(folder.words(number))));
    }
    deleteOthers(segments.keySet());
    return new View(List.of(), List.copyOf(segments.values()), superseded(segments));
  }

  private Map<Long, Segment.Summary> summaries() {
    Map<Long, Segment.Summary> summaries = new TreeMap<>();
    database.rows(
        Sql.of("SELECT number, spans, first_start, last_start, projects, ops, bytes FROM segment"),
        row ->
            summaries.put(
                row.getLong(1),
                new Segment.Summary(
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    projects(row.getString(5)),
                    ops(row.getString(6)),
                    row.getLong(7))));
    return summaries;
  }

  private static Set<Integer> projects(String json) {
    Set<Integer> projects = new TreeSet<>();
    Json.list(json).forEach(project -> projects.add(((Long) project).intValue()));
    return projects;
  }

  private static Set<String> ops(String json) {
    Set<String> ops = new TreeSet<>();
    Json.list(json).forEach(op -> ops.add((String) op));
    return ops;
  }

  private Map<Part, Path> files(long number) {
    Map<Part, Path> files = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      Path file = folder.file(number, part);
      if (Files.exists(file)) {
        files.put(part, file);
      }
    }
    return files;
  }

  private Map<Long, Map<String, KeyColumns>> keys() {
    Map<Long, Map<String, KeyColumns>> keys = new HashMap<>();
    database.rows(
        Sql.of("SELECT segment, key, kind, \"column\" FROM segment_key"),
        row -> {
          Map<String, KeyColumns> ofSegment =
              keys.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>());
          KeyColumns known = ofSegment.getOrDefault(row.getString(2), KeyColumns.NONE);
          return ofSegment.put(row.getString(2), with(known, row.getString(3), row.getString(4)));
        });
    return keys;
  }

  private static KeyColumns with(KeyColumns known, String kind, @Nullable String column) {
    return switch (kind) {
      case IN_REST -> new KeyColumns(known.columns(), true, known.inTexts());
      case IN_TEXTS -> new KeyColumns(known.columns(), known.inRest(), true);
      default -> known.with(AttributeKind.ofPrefix(kind), String.valueOf(column));
    };
  }

  private Map<Segment, Set<View.SpanKey>> superseded(Map<Long, Segment> segments) {
    Map<Segment, Set<View.SpanKey>> superseded = new HashMap<>();
    database.rows(
        Sql.of("SELECT segment, project, trace_high, trace_low, span_id FROM superseded"),
        row -> {
          TraceKey trace = new TraceKey(row.getInt(2), row.getLong(3), row.getLong(4));
          Segment segment = segments.get(row.getLong(1));
          return segment != null
              && superseded
                  .computeIfAbsent(segment, _ -> new HashSet<>())
                  .add(new View.SpanKey(trace, row.getLong(5)));
        });
    return superseded;
  }

  private void deleteOthers(Set<Long> numbers) throws IOException {
    for (Path file : Disk.list(folder.segments(), "")) {
      if (!numbers.contains(DataFolder.number(file))) {
        Files.delete(file);
      }
    }
  }

  /** Files of the journal up to this number hold nothing that is not in a segment. */
  long sealedJournal() {
    return database
        .rows(Sql.of("SELECT sealed_journal FROM progress"), row -> row.getLong(1))
        .getFirst();
  }

  /**
   * The number for one more segment, never the same twice while the store is open: files of one
   * that no longer counts may still be read, and are deleted later.
   */
  synchronized long nextNumber() {
    return ++lastNumber;
  }

  /**
   * Lets a segment count from now on, in place of the journal's files.
   *
   * @param segment null when the files held nothing that needed one
   */
  void add(@Nullable Segment segment, Map<Segment, Set<View.SpanKey>> superseded, long journal) {
    database.write(connection -> {
      if (segment != null) {
        insert(connection, segment);
        insertKeys(connection, segment);
      }
      insertSuperseded(connection, superseded);
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE progress SET sealed_journal = ?")) {
        Database.bind(update, journal);
        update.executeUpdate();
      }
    });
  }

  /**
   * Lets a segment count from now on, in place of others.
   *
   * @param output null when nothing is left of them
   */
  void replace(List<Segment> inputs, @Nullable Segment output, Set<View.SpanKey> superseded) {
    database.write(connection -> {
      for (String table : List.of("superseded", "segment_key")) {
        delete(connection, "DELETE FROM " + table + " WHERE segment = ?", inputs);
      }
      delete(connection, "DELETE FROM segment WHERE number = ?", inputs);
      if (output != null) {
        insert(connection, output);
        insertKeys(connection, output);
        insertSuperseded(connection, Map.of(output, superseded));
      }
    });
  }

  private static void delete(Connection connection, String sql, List<Segment> segments)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (Segment segment : segments) {
        Database.bind(delete, segment.number());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /**
   * Deletes sessions that began, and failures that were, before this; in nanoseconds since 1970.
   */
  void forgetSessions(int project, long before) {
    database.write(connection -> {
      for (String sql :
          List.of(
              "DELETE FROM session WHERE project = ? AND start < ?",
              "DELETE FROM issue_hit WHERE project = ? AND time < ?")) {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
          Database.bind(delete, project, before);
          delete.executeUpdate();
        }
      }
    });
  }

  private static void insert(Connection connection, Segment segment) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      Segment.Summary summary = segment.summary();
      Database.bind(
          insert,
          segment.number(),
          summary.spans(),
          summary.firstStart(),
          summary.lastStart(),
          Json.list(summary.projects().stream().map(Integer::longValue).toList()),
          Json.list(new ArrayList<>(summary.ops())),
          summary.bytes());
      insert.executeUpdate();
    }
  }

  private static void insertKeys(Connection connection, Segment segment) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO segment_key VALUES (?, ?, ?, ?)")) {
      for (Map.Entry<String, KeyColumns> key : segment.keys().entrySet()) {
        Map<String, @Nullable String> places = new HashMap<>();
        key.getValue().columns().forEach((kind, column) -> places.put(kind.prefix(), column));
        if (key.getValue().inRest()) {
          places.put(IN_REST, null);
        }
        if (key.getValue().inTexts()) {
          places.put(IN_TEXTS, null);
        }
        for (Map.Entry<String, @Nullable String> place : places.entrySet()) {
          Database.bind(insert, segment.number(), key.getKey(), place.getKey(), place.getValue());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void insertSuperseded(
      Connection connection, Map<Segment, Set<View.SpanKey>> superseded) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO superseded VALUES (?, ?, ?, ?, ?)")) {
      for (Map.Entry<Segment, Set<View.SpanKey>> segment : superseded.entrySet()) {
        for (View.SpanKey key : segment.getValue()) {
          TraceKey trace = key.trace();
          Database.bind(
              insert,
              segment.getKey().number(),
              trace.project(),
              trace.high(),
              trace.low(),
              key.spanId());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }
}
