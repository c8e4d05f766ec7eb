package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.NewKey;
import io.onlooker.server.access.Project;
import io.onlooker.server.access.Scope;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.server.privacy.PiiPolicies;
import io.onlooker.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The pages on which a project is set up. Safe for many threads. */
public final class SettingsPages {

  private static final int LONGEST_NAME = 60;

  private final Pages pages;
  private final Access access;
  private final RedactionForm redaction;
  private final PriceList prices;
  private final String retention;

  /**
   * Beside the pages of a server.
   *
   * @param prices of each project
   * @param retention how long data is kept, as a person reads it
   */
  public SettingsPages(
      Pages pages,
      Access access,
      PiiPolicies policies,
      IntFunction<Prices> prices,
      Store store,
      String retention) {
    this.pages = pages;
    this.access = access;
    this.redaction = new RedactionForm(policies);
    this.prices = new PriceList(prices, store);
    this.retention = retention;
  }

  /** Adds every page and what its forms do. */
  public void addTo(Routes routes) {
    routes
        .get("/p/{project}/settings", pages.page((_, visit) -> first(visit.frame())))
        .get("/p/{project}/settings/{section}", pages.page(this::show))
        .post("/p/{project}/settings/{section}", pages.page(this::change));
  }

  private static Response first(Frame frame) {
    return Response.seeOther(frame.links().one("settings", "project"));
  }

  private Response show(Request request, Pages.Visit visit) {
    return shown(request, visit, Done.NOTHING);
  }

  /** What a form did. */
  private record Done(@Nullable String said, @Nullable String problem, @Nullable String secret) {
    static final Done NOTHING = new Done(null, null, null);

    static Done said(String said) {
      return new Done(said, null, null);
    }
  }

  private Response change(Request request, Pages.Visit visit) {
    FormBody form = FormBody.of(request);
    if (form.text("do").equals("try")) {
      return shown(request, visit, Done.NOTHING);
    }
    access.require(request, Scope.ADMIN, visit.project());
    access.requireFormToken(request, form.text("token"));
    Done done =
        switch (form.text("do")) {
          case "create-key" -> createKey(visit, form);
          case "remove-key" -> removeKey(visit, form);
          case "create-project" -> createProject(form);
          case "invite" ->
              new Done(
                  "A link that signs one browser in, once, within a day:",
                  null,
                  access.signInPath());
          case "redaction" -> redact(visit, form);
          default ->
              new Done(null, "do: " + form.text("do") + " (expected: what a button says)", null);
        };
    return shown(request, visit, done);
  }

  private Done createKey(Pages.Visit visit, FormBody form) {
    String label = form.text("label").strip();
    if (label.isEmpty() || label.length() > LONGEST_NAME) {
      return new Done(null, "label: " + label.length() + " characters (expected: 1 to 60)", null);
    }
    NewKey key = access.createKey(visit.project(), scope(form), label);
    boolean sends = key.key().scope() == Scope.INGEST;
    return new Done(
        sends ? "The DSN, shown this once:" : "The token, shown this once:",
        null,
        sends ? dsn(visit, key.text(), form.text("host")) : key.text());
  }

  private static Scope scope(FormBody form) {
    return switch (form.text("scope")) {
      case "read" -> Scope.READ;
      case "admin" -> Scope.ADMIN;
      default -> Scope.INGEST;
    };
  }

  private static String dsn(Pages.Visit visit, String key, String host) {
    return "http://" + key + "@" + host + "/" + visit.project();
  }

  private Done removeKey(Pages.Visit visit, FormBody form) {
    for (Key key : access.keys(visit.project())) {
      boolean named = Long.toString(key.id()).equals(form.text("key"));
      if (named && Objects.equals(key.project(), visit.project())) {
        access.removeKey(key.id());
        return Done.said("The key " + key.label() + " opens nothing any more.");
      }
    }
    return new Done(null, "key: " + form.text("key") + " (expected: one of this project)", null);
  }

  private Done createProject(FormBody form) {
    String name = form.text("name").strip();
    boolean taken = access.projects().stream().anyMatch(one -> one.name().equals(name));
    if (taken || !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      String problem = taken ? " (expected: a name that is free)" : " (expected: a-z, 0-9 and -)";
      return new Done(null, "name: " + name + problem, null);
    }
    access.createProject(name);
    return Done.said("Project " + name + " is there; it has no key yet.");
  }

  private Done redact(Pages.Visit visit, FormBody form) {
    String problem = redaction.save(visit.project(), form);
    return problem == null
        ? Done.said("Applies to what applications send from now on.")
        : new Done(null, problem, null);
  }

  private Response shown(Request request, Pages.Visit visit, Done done) {
    String section = request.route("section");
    if (SettingsView.SECTIONS.stream().noneMatch(one -> one.path().equals(section))) {
      throw new HttpProblem(404, "No such settings", "section: " + section + " (expected: keys …)");
    }
    boolean admin = admin(request, visit);
    Frame frame = visit.frame().titled("Settings", "settings");
    Project project = Objects.requireNonNull(access.project(visit.project()), "project");
    FormBody form = FormBody.of(request);
    SettingsView view =
        new SettingsView(
            frame,
            section,
            admin ? access.formToken(request) : "",
            done.said(),
            done.problem(),
            done.secret(),
            project,
            access.projects(),
            facts(section, project, request),
            section.equals("keys") || section.equals("people") ? keys(visit, section) : List.of(),
            section.equals("redaction") ? redaction.shown(visit.project(), form) : null,
            section.equals("prices") ? prices.table(frame, visit.project(), request) : null,
            section.equals("prices") ? prices.missing(frame, visit.project()) : List.of());
    Response page = pages.show(done.problem() == null ? 200 : 400, "settings", view);
    return done.secret() == null ? page : page.with("cache-control", "no-store");
  }

  private boolean admin(Request request, Pages.Visit visit) {
    try {
      access.require(request, Scope.ADMIN, visit.project());
      return true;
    } catch (HttpProblem e) {
      return false;
    }
  }

  private List<SettingsView.Pair> facts(String section, Project project, Request request) {
    return switch (section) {
      case "project" ->
          List.of(
              new SettingsView.Pair("Name", project.name()),
              new SettingsView.Pair("Id", Integer.toString(project.id())),
              new SettingsView.Pair("Since", project.created().toString()),
              new SettingsView.Pair("Server", String.valueOf(request.header("host"))));
      case "keys" ->
          List.of(new SettingsView.Pair("Server", String.valueOf(request.header("host"))));
      case "retention" -> List.of(new SettingsView.Pair("Kept", retention));
      default -> List.of();
    };
  }

  /** Keys send; tokens are how programs read, and so belong to people. */
  private List<SettingsView.KeyLine> keys(Pages.Visit visit, String section) {
    return access.keys(visit.project()).stream()
        .filter(key -> (key.scope() == Scope.INGEST) == section.equals("keys"))
        .map(key ->
            new SettingsView.KeyLine(
                key.project() == null ? -1 : key.id(),
                key.label(),
                key.scope().label(),
                key.hint() + "…",
                key.created().toString()))
        .toList();
  }
}
