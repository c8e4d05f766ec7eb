package io.onlooker.server;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import io.onlooker.server.access.NewKey;
import io.onlooker.server.access.Scope;
import io.onlooker.server.quota.KeyJson;
import io.onlooker.server.quota.KeyLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Makes, lists, limits, disables and revokes keys; works beside a running server. */
@Command(
    name = "keys",
    aliases = "key",
    description = "Makes, lists, limits, disables and revokes keys.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "onlooker-data",
      scope = ScopeType.INHERIT,
      description = "The server's data folder (${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints JSON.")
  private boolean json;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command: none (expected: one of " + spec.subcommands().keySet() + ")");
  }

  @Command(
      name = "list",
      description = "Lists all keys and when they were used last.",
      mixinStandardHelpOptions = true)
  int list() {
    return with(access -> {
      if (json) {
        return KeyJson.list(access, access.keys()).toString();
      }
      StringBuilder out = new StringBuilder();
      out.append(
          row("id", "project", "scope", "label", "begins", "last used", "last accepted", ""));
      access.keys().forEach(key -> out.append(row(access, key)));
      return out.toString().stripTrailing();
    });
  }

  @Command(
      name = "create",
      description = "Draws a key and prints it, this once.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(
              names = "--project",
              defaultValue = "1",
              description = "The project it opens, or all (${DEFAULT-VALUE}).")
          String project,
      @Option(
              names = "--scope",
              defaultValue = "ingest",
              description = "ingest, read or admin (${DEFAULT-VALUE}).")
          String scope,
      @Option(names = "--label", defaultValue = "unnamed", description = "What it is for.")
          String label,
      @Option(names = "--limits", defaultValue = "", description = "See keys limit.")
          String limits) {
    String checked = KeyLimits.parse(limits).toString();
    Scope wanted = Scope.of(scope.toLowerCase(Locale.ROOT));
    return with(access -> {
      NewKey made = access.createKey(project(access, project), wanted, label);
      access.limitKey(made.key().id(), checked);
      return made(access, made);
    });
  }

  @Command(
      name = "rotate",
      description = "Draws a key that opens the same as this one; both are live.",
      mixinStandardHelpOptions = true)
  int rotate(@Parameters(paramLabel = "ID") long id) {
    return with(access -> made(access, access.rotateKey(key(access, id))));
  }

  @Command(
      name = "disable",
      description = "Lets a key open nothing, until it is enabled.",
      mixinStandardHelpOptions = true)
  int disable(@Parameters(paramLabel = "ID") long id) {
    return with(access -> {
      access.disableKey(key(access, id).id());
      return shown(access, id);
    });
  }

  @Command(
      name = "enable",
      description = "Lets a disabled key open again what it did.",
      mixinStandardHelpOptions = true)
  int enable(@Parameters(paramLabel = "ID") long id) {
    return with(access -> {
      access.enableKey(key(access, id).id());
      return shown(access, id);
    });
  }

  @Command(
      name = "revoke",
      description = "Removes a key for ever.",
      mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "ID") long id) {
    return with(access -> {
      Key key = key(access, id);
      access.removeKey(id);
      return json ? "{\"revoked\":" + id + "}" : "Key " + id + " (" + key.label() + ") is gone.";
    });
  }

  @Command(
      name = "limit",
      description = "Sets how much may be sent with a key: 'span=1000/s, span=5000000/day'.",
      mixinStandardHelpOptions = true)
  int limit(
      @Parameters(paramLabel = "ID") long id,
      @Parameters(
              paramLabel = "LIMITS",
              description = "CATEGORY=AMOUNT/s, /min, /day or CATEGORY=off; '' for none.")
          String limits) {
    String checked = KeyLimits.parse(limits).toString();
    return with(access -> {
      access.limitKey(key(access, id).id(), checked);
      return shown(access, id);
    });
  }

  private int with(Function<Access, String> action) {
    Path settings = data.resolve("settings.db");
    if (!Files.exists(settings)) {
      throw new IllegalArgumentException(
          "data: " + data.toAbsolutePath() + " (expected: the data folder of a server)");
    }
    try (Access access = Access.open(settings, Clock.systemUTC())) {
      spec.commandLine().getOut().println(action.apply(access));
    }
    return 0;
  }

  private static @Nullable Integer project(Access access, String text) {
    if (text.equalsIgnoreCase("all")) {
      return null;
    }
    Integer id = text.matches("[0-9]{1,9}") ? (Integer) Integer.parseInt(text) : null;
    if (id == null || access.project(id) == null) {
      throw new IllegalArgumentException("project: " + text + " (expected: its number, or all)");
    }
    return id;
  }

  private static Key key(Access access, long id) {
    Key key = access.keyOf(id);
    if (key == null) {
      List<Long> known = access.keys().stream().map(Key::id).toList();
      throw new IllegalArgumentException("key: " + id + " (expected: one of " + known + ")");
    }
    return key;
  }

  private String made(Access access, NewKey made) {
    NewKey now = new NewKey(key(access, made.key().id()), made.text());
    if (json) {
      return KeyJson.of(access, now).toString();
    }
    String dsn =
        now.key().scope() == Scope.INGEST && now.key().project() != null
            ? "%nDSN  http://%s@HOST:PORT/%d".formatted(made.text(), now.key().project())
            : "";
    return "Key " + now.key().id() + "  " + made.text() + "  (shown this once)" + dsn;
  }

  private String shown(Access access, long id) {
    Key key = key(access, id);
    return json ? KeyJson.of(access, key).toString() : row(access, key).stripTrailing();
  }

  private static String row(Access access, Key key) {
    KeyUse.Seen seen = access.use().seen(key.id());
    return row(
        Long.toString(key.id()),
        key.project() == null ? "all" : key.project().toString(),
        key.scope().label(),
        key.label().replaceAll("\\p{Cntrl}", " "),
        key.hint() + "…",
        moment(seen.used()),
        moment(seen.accepted()),
        (key.live() ? "" : "disabled ") + key.limits());
  }

  private static String row(String... columns) {
    return "%4s  %-7s  %-7s  %-24s  %-8s  %-20s  %-20s  %s%n".formatted((Object[]) columns);
  }

  private static String moment(@Nullable Instant instant) {
    return instant == null ? "never" : instant.toString();
  }
}
