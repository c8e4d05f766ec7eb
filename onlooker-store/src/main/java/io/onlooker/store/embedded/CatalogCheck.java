package io.onlooker.store.embedded;

import io.onlooker.store.embedded.Segment.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at a store's catalog, and whether the segments are there that it names. */
final class CatalogCheck {

  private static final String RESTORE =
      "restore the folder from a backup; without one, move the file away: the server then begins"
          + " with what the other files hold";

  private final Path folder;
  private final List<Finding> findings = new ArrayList<>();
  private long sealedJournal;

  CatalogCheck(Path folder) {
    this.folder = folder;
  }

  /** The journal's files up to this number are not needed; known after {@link #look}. */
  long sealedJournal() {
    return sealedJournal;
  }

  List<Finding> look() {
    Path file = folder.resolve("catalog.db");
    if (!Files.exists(file)) {
      findings.add(
          Finding.warning(
              "catalog", file + " is not there", "nothing, if the store never held anything"));
      return findings;
    }
    try (Connection connection = DriverManager.getConnection(readOnly(file));
        Statement statement = connection.createStatement()) {
      look(file, statement);
    } catch (SQLException e) {
      findings.add(Finding.fault("catalog", file + " cannot be read: " + e.getMessage(), RESTORE));
    }
    return findings;
  }

  /** Without a log beside it nobody writes the file; then SQLite need not make any files. */
  static String readOnly(Path file) {
    boolean written = Files.exists(Path.of(file + "-wal"));
    return "jdbc:sqlite:file:" + file.toAbsolutePath() + (written ? "?mode=ro" : "?immutable=1");
  }

  private void look(Path file, Statement statement) throws SQLException {
    int version = (int) number(statement, "PRAGMA user_version");
    if (version > Database.VERSION) {
      findings.add(
          Finding.fault(
              "catalog",
              file + " has version " + version + ", and this Onlooker knows " + Database.VERSION,
              "run the newer Onlooker that wrote it"));
      return;
    }
    String check = text(statement, "PRAGMA quick_check(1)");
    if (!check.equals("ok")) {
      findings.add(Finding.fault("catalog", file + " is damaged: " + check, RESTORE));
      return;
    }
    sealedJournal = number(statement, "SELECT sealed_journal FROM progress");
    Map<Long, Long> segments = segments(statement);
    findings.add(
        Finding.ok(
            "catalog",
            "version "
                + version
                + ", "
                + segments.size()
                + " segments, "
                + segments.values().stream().mapToLong(Long::longValue).sum()
                + " spans"));
    int before = findings.size();
    segments(segments);
    orphans(segments.keySet());
    if (findings.size() == before && !segments.isEmpty()) {
      findings.add(Finding.ok("segments", "every one of them can be read"));
    }
  }

  private static Map<Long, Long> segments(Statement statement) throws SQLException {
    Map<Long, Long> segments = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery("SELECT number, spans FROM segment")) {
      while (rows.next()) {
        segments.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return segments;
  }

  private void segments(Map<Long, Long> segments) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Map.Entry<Long, Long> segment : segments.entrySet()) {
        segment(engine, segment.getKey(), segment.getValue());
      }
    }
  }

  private void segment(Connection engine, long number, long spans) {
    Path traces = file(number, ".traces");
    if (!Files.isReadable(traces)) {
      missing(traces);
    }
    for (Part part : Part.values()) {
      Path file = file(number, part.suffix());
      if (Files.exists(file)) {
        part(engine, file, part == Part.SPANS ? spans : -1);
      } else if (part == Part.SPANS && spans > 0) {
        missing(file);
      }
    }
    copy(file(number, ".copy"), spans);
    words(file(number, ".words"));
  }

  private void words(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      WordFile.open(file);
    } catch (IOException e) {
      findings.add(
          Finding.warning(
              "segments",
              String.valueOf(e.getMessage()),
              "nothing: its long texts are searched themselves until the server has made it anew"));
    }
  }

  /** One that cannot be read costs time and nothing else. */
  private void copy(Path file, long spans) {
    if (!Files.exists(file)) {
      return;
    }
    String fault = null;
    try {
      long copied = CopyFile.open(file).spans();
      fault = copied == spans ? null : copied + " spans, and the catalog names " + spans;
    } catch (IOException | RuntimeException e) {
      fault = String.valueOf(e.getMessage());
    }
    if (fault != null) {
      findings.add(
          Finding.warning(
              "segments",
              file + " is no copy of its segment: " + fault,
              "delete it while the server stands still; its traces are read from the columns"));
    }
  }

  private void missing(Path file) {
    findings.add(
        Finding.fault(
            "segments",
            file + " is missing or cannot be read, and the catalog names it",
            "give the server's user the right to read it, or restore it from a backup"));
  }

  /** Its end tells how many rows it has and where: most damage shows there. */
  private void part(Connection engine, Path file, long rows) {
    try (PreparedStatement query =
        engine.prepareStatement("SELECT count(*) FROM read_parquet(?)")) {
      query.setString(1, file.toString());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        if (rows >= 0 && row.getLong(1) != rows) {
          findings.add(
              Finding.fault(
                  "segments",
                  file + " has " + row.getLong(1) + " spans, and the catalog names " + rows,
                  "restore catalog.db and the folder segments from one backup, not from two"));
        }
      }
    } catch (SQLException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      findings.add(
          Finding.fault(
              "segments",
              file + " cannot be read: " + reason,
              "check the disk and restore the file from a backup; queries that need it fail"));
    }
  }

  private void orphans(Set<Long> known) {
    Set<Long> others = new HashSet<>();
    try {
      for (Path file : Disk.list(folder.resolve("segments"), "")) {
        if (!known.contains(DataFolder.number(file))) {
          others.add(DataFolder.number(file));
        }
      }
    } catch (IOException e) {
      missing(folder.resolve("segments"));
    }
    if (!others.isEmpty()) {
      findings.add(
          Finding.warning(
              "segments",
              "files of " + others.size() + " segments are there that the catalog does not name",
              "nothing: a seal or merge is under way, or was when the server stopped; the next"
                  + " start deletes them"));
    }
  }

  private Path file(long number, String suffix) {
    return folder.resolve("segments").resolve("%08d%s".formatted(number, suffix));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
