package io.onlooker.server.access;

import static java.util.Objects.requireNonNull;

import io.onlooker.server.http.Handler;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Knows the projects, their keys and what they set, and tells who asks. Safe for many threads. */
public final class Access implements AutoCloseable {

  /** The project of a fresh installation. */
  public static final int FIRST_PROJECT = 1;

  private static final Duration LINK_LASTS = Duration.ofDays(1);

  private final Settings settings;
  private final Clock clock;
  private final KeyRing keys;
  private final BrowserSession browsers;
  private final KeyUse use;
  private final People people;

  private Access(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.keys = new KeyRing(settings);
    this.browsers = new BrowserSession(settings.secret("browser-session"));
    this.use = new KeyUse(settings, clock);
    this.people = new People(settings, clock);
  }

  /** Opens the settings database, making it and the project {@code default} when it is new. */
  public static Access open(Path file, Clock clock) {
    Settings settings = Settings.open(file);
    if (settings.projects().isEmpty()) {
      settings.addProject("default", clock.instant());
    }
    return new Access(settings, clock);
  }

  /**
   * Makes sure that a key with a text chosen by the operator exists.
   *
   * @param project the one project it opens, or null for all
   */
  public void ensureKey(@Nullable Integer project, Scope scope, String label, String text) {
    if (text.length() < 16) {
      throw new IllegalArgumentException(
          label + ": " + text.length() + " characters (expected: at least 16)");
    }
    settings.addKey(project, scope, label, text, clock.instant());
    keys.reload();
  }

  /** Whether any key can send to the project. */
  public boolean hasIngestKey(int project) {
    return keys(project).stream().anyMatch(key -> key.scope() == Scope.INGEST);
  }

  public List<Project> projects() {
    return keys.projects();
  }

  /** The project with this id, or null. */
  public @Nullable Project project(int id) {
    return projects().stream().filter(project -> project.id() == id).findFirst().orElse(null);
  }

  public Project createProject(String name) {
    int id = settings.addProject(name, clock.instant());
    keys.reload();
    return requireNonNull(project(id), "project");
  }

  /**
   * Gives a project another name; its id, and so its DSNs, stay.
   *
   * @throws IllegalArgumentException when the name is taken
   */
  public void renameProject(int id, String name) {
    for (Project other : projects()) {
      if (other.id() != id && other.name().equals(name)) {
        throw new IllegalArgumentException("name: " + name + " (expected: one that is free)");
      }
    }
    settings.renameProject(id, name);
    keys.reload();
  }

  /**
   * Deletes a project with its keys, settings and the people who see nothing else. What it received
   * is past its time from now on.
   *
   * @throws IllegalArgumentException for the first one: whatever names no project is about that
   */
  public void deleteProject(int id) {
    if (id == FIRST_PROJECT) {
      throw new IllegalArgumentException(
          "project: 1 (expected: another; the first one can be renamed, not deleted)");
    }
    settings.deleteProject(id, clock.instant());
    keys.reload();
  }

  /** Whether there was a project with this id that was deleted; no other ever has the same. */
  public boolean deleted(int project) {
    return keys.deleted(project);
  }

  /** What the project has set under this name, or null; sees what other processes wrote. */
  public @Nullable Setting setting(int project, String name) {
    return settings.setting(project, name);
  }

  /**
   * Sets the value, unless somebody else has changed it.
   *
   * @param expected the version that is to be replaced, 0 for none, or null for whatever is there
   * @return false when there is another version
   */
  public boolean putSetting(int project, String name, String value, @Nullable Long expected) {
    return settings.putSetting(project, name, value, expected);
  }

  /** The keys that open the project, those for all projects included. */
  public List<Key> keys(int project) {
    List<Key> found = new ArrayList<>();
    for (Key key : keys.all()) {
      if (key.project() == null || key.project() == project) {
        found.add(key);
      }
    }
    return found;
  }

  /**
   * Draws a new key.
   *
   * @param project the one project it opens, or null for all
   */
  public NewKey createKey(@Nullable Integer project, Scope scope, String label) {
    String text = Secrets.random(16);
    settings.addKey(project, scope, label, text, clock.instant());
    keys.reload();
    return new NewKey(requireNonNull(keys.find(text), "key"), text);
  }

  /**
   * Draws a key that opens the same as this one, with the same limits. Both are live: the holders
   * change over, and then the old one is disabled or revoked.
   */
  public NewKey rotateKey(Key old) {
    NewKey made = createKey(old.project(), old.scope(), old.label());
    limitKey(made.key().id(), old.limits());
    return new NewKey(requireNonNull(keyOf(made.key().id()), "key"), made.text());
  }

  /** Whether there is such a key; it opens nothing until it is enabled. */
  public boolean disableKey(long id) {
    return changed(settings.disableKey(id, clock.instant()));
  }

  /** Whether there is such a key; it opens again what it did. */
  public boolean enableKey(long id) {
    return changed(settings.disableKey(id, null));
  }

  /** Whether there is such a key; from now on so much may be sent with it. */
  public boolean limitKey(long id, String limits) {
    return changed(settings.limitKey(id, limits));
  }

  private boolean changed(boolean found) {
    keys.reload();
    return found;
  }

  /** All keys, disabled ones too, oldest first. */
  public List<Key> keys() {
    return keys.all();
  }

  /** The key with this number, or null. */
  public @Nullable Key keyOf(long id) {
    return keys.all().stream().filter(key -> key.id() == id).findFirst().orElse(null);
  }

  /** What came with the keys. */
  public KeyUse use() {
    return use;
  }

  /** Who signs in with a name and a password. */
  public People people() {
    return people;
  }

  /** Begins to write regularly what came with the keys, as a server should. */
  public void start() {
    use.start();
  }

  /** Whether there was such a key; it opens nothing any more. */
  public boolean removeKey(long id) {
    return changed(settings.removeKey(id));
  }

  /**
   * The live key with this text, or null; an unknown, a revoked and a disabled one are the same.
   */
  public @Nullable Key key(String text) {
    Key key = keys.find(text);
    if (key != null) {
      use.used(key.id());
    }
    return key;
  }

  /** The live key that a request shows as its bearer token, or null. */
  public @Nullable Key bearer(Request request) {
    String header = request.header("authorization");
    boolean bears = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7);
    return header != null && bears ? key(header.substring(7).strip()) : null;
  }

  /** The path of a link that signs one browser in, once, within a day. */
  public String signInPath() {
    String token = Secrets.random(24);
    settings.addSignIn(token, clock.instant().plus(LINK_LASTS));
    return "/sign-in?token=" + token;
  }

  /** Who asks, by bearer token or cookie; null when nobody we know. */
  public @Nullable Principal principal(Request request) {
    String header = request.header("authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      Key key = bearer(request);
      return key == null ? null : new Principal(key.label(), key.scope(), key.project(), false);
    }
    String session = browsers.id(request, clock.instant());
    return session == null ? null : browser(BrowserSession.who(session));
  }

  /** A browser that came by a link stands for whoever was given it, and may do everything. */
  private @Nullable Principal browser(String who) {
    if (who.isEmpty()) {
      return new Principal("browser", Scope.ADMIN, null, true);
    }
    Person person = people.ofSession(who);
    return person == null
        ? null
        : new Principal(person.name(), person.scope(), person.project(), true);
  }

  /**
   * Who asks, if it may do this.
   *
   * @throws HttpProblem 401 when nobody we know asks, 403 when it may not
   */
  public Principal require(Request request, Scope scope) {
    Principal principal = principal(request);
    if (principal == null) {
      throw new HttpProblem(
              401,
              "Not signed in",
              "authorization: "
                  + (request.header("authorization") == null ? "none" : "not a known token")
                  + " (expected: Bearer TOKEN, or the cookie of a signed-in browser)")
          .with("www-authenticate", "Bearer");
    }
    if (!principal.scope().covers(scope)) {
      throw new HttpProblem(
          403,
          "Not allowed",
          "scope: " + principal.scope().label() + " (expected: " + scope.label() + ")");
    }
    refuseForeignPage(request, principal);
    return principal;
  }

  /** The same for one project. */
  public Principal require(Request request, Scope scope, int project) {
    Principal principal = require(request, scope);
    if (!principal.may(scope, project)) {
      throw new HttpProblem(
          403,
          "Not allowed",
          "project: " + project + " (expected: " + principal.project() + ", the key's own)");
    }
    return principal;
  }

  /** A page: shown to a signed-in browser; others are shown the way to sign in. */
  public Handler page(Handler handler) {
    return request -> {
      if (principal(request) == null) {
        String next = URLEncoder.encode(request.path(), StandardCharsets.UTF_8);
        return Response.seeOther("/sign-in?next=" + next);
      }
      return handler.handle(request);
    };
  }

  /** What every form of this browser carries in a hidden field; empty without a session. */
  public String formToken(Request request) {
    String session = browsers.id(request, clock.instant());
    return session == null ? "" : browsers.formToken(session);
  }

  /**
   * Refuses a form that did not come from one of our pages.
   *
   * @throws HttpProblem 403
   */
  public void requireFormToken(Request request, @Nullable String token) {
    String expected = formToken(request);
    if (token == null || expected.isEmpty() || !Secrets.same(expected, token)) {
      throw new HttpProblem(
          403, "Form expired", "form token: not this browser's (expected: reload the page)");
    }
  }

  @Override
  public void close() {
    use.close();
    settings.close();
  }

  /** The cookie that signs a browser in, if the one-time token is good; else null. */
  @Nullable String signIn(String token) {
    return settings.useSignIn(token, clock.instant()) ? browsers.open(clock.instant(), "") : null;
  }

  /** The cookie that signs a browser in as this person, whose password was right. */
  String signInAs(String name) {
    return browsers.open(clock.instant(), people.session(name));
  }

  /** The cookie that signs a browser out. */
  String signOut() {
    return browsers.close();
  }

  /** A cookie comes along when another site's page sends a request; such requests only read. */
  private static void refuseForeignPage(Request request, Principal principal) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (principal.browser() && !reads) {
      refuseForeignPage(request);
    }
  }

  /** Browsers say which page a form was on. */
  static void refuseForeignPage(Request request) {
    String origin = request.header("origin");
    if (origin == null) {
      return;
    }
    String host = String.valueOf(request.header("host")).toLowerCase(Locale.ROOT);
    if (!origin.toLowerCase(Locale.ROOT).endsWith("://" + host)) {
      throw new HttpProblem(
          403, "Foreign page", "origin: " + origin + " (expected: a page of " + host + ")");
    }
  }
}
