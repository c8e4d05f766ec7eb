package io.onlooker.server.access;

import io.onlooker.store.embedded.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a settings database without changing it, also one that is too old or too damaged to be
 * opened.
 */
public final class SettingsCheck {

  private static final String SUBJECT = "settings";
  private static final String RESTORE =
      "restore it from a backup; without one, move it away: the server then makes new keys, and"
          + " every sender needs its new one";

  private SettingsCheck() {}

  /** What there is to say about the file. */
  public static List<Finding> of(Path file) {
    List<Finding> findings = new ArrayList<>();
    if (!Files.exists(file)) {
      findings.add(
          Finding.warning(
              SUBJECT, file + " is not there", "nothing, if the server never ran on this folder"));
      return findings;
    }
    // Without a log beside it nobody writes the file; then SQLite need not make any files.
    boolean written = Files.exists(Path.of(file + "-wal"));
    String url =
        "jdbc:sqlite:file:" + file.toAbsolutePath() + (written ? "?mode=ro" : "?immutable=1");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      look(file, statement, findings);
    } catch (SQLException e) {
      findings.add(Finding.fault(SUBJECT, file + " cannot be read: " + e.getMessage(), RESTORE));
    }
    return findings;
  }

  private static void look(Path file, Statement statement, List<Finding> findings)
      throws SQLException {
    String check = text(statement, "PRAGMA quick_check(1)");
    if (!check.equals("ok")) {
      findings.add(Finding.fault(SUBJECT, file + " is damaged: " + check, RESTORE));
      return;
    }
    int version = Integer.parseInt(text(statement, "PRAGMA user_version"));
    if (version > Settings.VERSION) {
      findings.add(
          Finding.fault(
              SUBJECT,
              file + " has version " + version + ", and this Onlooker knows " + Settings.VERSION,
              "run the newer Onlooker that wrote it"));
      return;
    }
    if (version < Settings.VERSION) {
      findings.add(
          Finding.warning(
              SUBJECT,
              file + " is of an older Onlooker (version " + version + ")",
              "nothing: the next start brings it up to date; keep a copy to go back"));
      return;
    }
    findings.add(Finding.ok(SUBJECT, "version " + version));
    keys(statement, findings);
  }

  private static void keys(Statement statement, List<Finding> findings) throws SQLException {
    boolean live = false;
    try (ResultSet row =
        statement.executeQuery(
            "SELECT id, scope, label, disabled, accepted FROM api_key"
                + " LEFT JOIN key_seen ON key = id ORDER BY id")) {
      while (row.next()) {
        boolean ingest = row.getString(2).equals(Scope.INGEST.label());
        row.getLong(4);
        boolean enabled = row.wasNull();
        live |= ingest && enabled;
        findings.add(Finding.ok("keys", line(row, enabled)));
      }
    }
    if (!live) {
      findings.add(
          Finding.warning(
              "keys",
              "no live key can send anything",
              "make one with: onlooker keys create --data FOLDER"));
    }
  }

  private static String line(ResultSet row, boolean enabled) throws SQLException {
    long accepted = row.getLong(5);
    String last =
        row.wasNull()
            ? "nothing was accepted with it yet"
            : "something was accepted with it last at " + Instant.ofEpochSecond(accepted);
    return "key %d (%s, %s%s): %s"
        .formatted(
            row.getLong(1),
            row.getString(2),
            row.getString(3).replaceAll("\\p{Cntrl}", " "),
            enabled ? "" : ", disabled",
            last);
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
