package io.onlooker.server.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who signs in with a name and a password. Safe for many threads. */
public final class People {

  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS person (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, scope TEXT NOT NULL,
        project INTEGER REFERENCES project, hash TEXT NOT NULL, created INTEGER NOT NULL)\
      """;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

  private static final String COLUMNS = "id, name, scope, project, hash, created";

  /** Hashed when it is first needed, since that takes a while. */
  private static final class Nobody {

    /** Of a password that nobody knows: a wrong name takes as long as a wrong password. */
    private static final String HASH = Passwords.hash(Secrets.random(16));
  }

  private final Settings settings;
  private final Clock clock;
  private final Attempts attempts = new Attempts();

  People(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  private record Known(Person person, String hash) {

    /** Changes with the password, so that a new one ends the old one's sessions. */
    private String mark() {
      return Secrets.hash(hash).substring(0, 16);
    }
  }

  /** What trying to sign in came to. */
  enum Tried {
    SIGNED_IN,
    WRONG,
    TOO_OFTEN
  }

  /** Everybody, by name. */
  public List<Person> all() {
    return settings.query(
        "SELECT " + COLUMNS + " FROM person ORDER BY name", row -> known(row).person());
  }

  /**
   * Adds a person.
   *
   * @param project the one project this person sees, or null for all
   * @throws IllegalArgumentException when the name is taken or no name, or the password too short
   */
  public void add(String name, String password, Scope scope, @Nullable Integer project) {
    String plain = plain(name);
    if (!NAME.matcher(plain).matches()) {
      throw new IllegalArgumentException(
          "name: " + plain + " (expected: letters, digits and . _ @ + -, at most 100)");
    }
    if (find(plain) != null) {
      throw new IllegalArgumentException("name: " + plain + " (expected: one that is free)");
    }
    settings.update(
        "INSERT INTO person (name, scope, project, hash, created) VALUES (?, ?, ?, ?, ?)",
        plain,
        scope.label(),
        project,
        Passwords.hash(password),
        clock.instant().getEpochSecond());
  }

  /**
   * Whether there is such a person, who from now on has this password; open sessions end.
   *
   * @throws IllegalArgumentException when the password is too short
   */
  public boolean changePassword(long id, String password) {
    String hash = Passwords.hash(password);
    return settings.update("UPDATE person SET hash = ? WHERE id = ?", hash, id) > 0;
  }

  /** Whether there was such a person; open sessions end. */
  public boolean remove(long id) {
    return settings.update("DELETE FROM person WHERE id = ?", id) > 0;
  }

  /** Tries a name and a password, but not more often than nobody would mistype. */
  Tried tried(String name, String password) {
    String plain = plain(name);
    Instant now = clock.instant();
    if (attempts.exhausted(plain, now)) {
      return Tried.TOO_OFTEN;
    }
    Known known = find(plain);
    boolean right = Passwords.matches(password, known == null ? Nobody.HASH : known.hash());
    if (known == null || !right) {
      attempts.failed(plain, now);
      return Tried.WRONG;
    }
    attempts.succeeded(plain);
    return Tried.SIGNED_IN;
  }

  /** What a session holds of a person: {@code ID-MARK}. */
  String session(String name) {
    Known known = find(plain(name));
    return known == null ? "" : known.person().id() + "-" + known.mark();
  }

  /** The person of a session, or null when the password has changed or the person is gone. */
  @Nullable Person ofSession(String session) {
    int dash = session.indexOf('-');
    if (dash < 1) {
      return null;
    }
    List<Known> found =
        settings.query(
            "SELECT " + COLUMNS + " FROM person WHERE id = ?",
            People::known,
            Long.parseLong(session.substring(0, dash)));
    boolean same =
        !found.isEmpty() && Secrets.same(found.getFirst().mark(), session.substring(dash + 1));
    return same ? found.getFirst().person() : null;
  }

  private @Nullable Known find(String name) {
    List<Known> found =
        settings.query("SELECT " + COLUMNS + " FROM person WHERE name = ?", People::known, name);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Known known(ResultSet row) throws SQLException {
    Person person =
        new Person(
            row.getLong(1),
            row.getString(2),
            Scope.of(row.getString(3)),
            (Integer) row.getObject(4),
            Instant.ofEpochSecond(row.getLong(6)));
    return new Known(person, row.getString(5));
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
