package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Principal;
import io.onlooker.server.access.Project;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.Request;
import io.onlooker.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a project is called, which environments it has heard of, and its neighbours. */
final class ProjectSection implements SettingsSection {

  private static final Duration HEARD = Duration.ofDays(30);
  private static final int MOST_ENVIRONMENTS = 50;

  private final Access access;
  private final Store store;
  private final RetentionSection retention;

  ProjectSection(Access access, Store store, RetentionSection retention) {
    this.access = access;
    this.store = store;
    this.retention = retention;
  }

  /**
   * The project.
   *
   * @param environments that sent something in the last 30 days, the busiest first
   * @param owned whether this person may change all projects, and so this one's name
   */
  record View(
      Project project,
      String created,
      String host,
      String zone,
      String retention,
      List<Environment> environments,
      boolean owned)
      implements Body {

    /** The first one is what everything that names no project is about. */
    boolean deletable() {
      return project.id() != Access.FIRST_PROJECT;
    }
  }

  /** An environment, and its sessions. */
  record Environment(String name, String spans, String link) {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    Frame frame = visit.frame();
    Project project = Objects.requireNonNull(access.project(visit.project()), "project");
    return new View(
        project,
        frame.time(project.created().getEpochSecond() * 1_000_000_000L),
        String.valueOf(request.header("host")),
        frame.visitor().zoneName(),
        retention.kept(visit.project()),
        environments(visit),
        owned(request));
  }

  private boolean owned(Request request) {
    Principal principal = access.principal(request);
    return principal != null && principal.project() == null && principal.scope() == Scope.ADMIN;
  }

  private List<Environment> environments(Pages.Visit visit) {
    Frame frame = visit.frame();
    Range range = new Range("", frame.now().minus(HEARD), frame.now().plusSeconds(1));
    return new Figures(store, visit.project())
            .totals(
                "has:environment",
                List.of("count()"),
                List.of("environment"),
                range,
                MOST_ENVIRONMENTS)
            .rows()
            .stream()
            .map(row -> {
              String name = Actors.name(row.getFirst());
              return new Environment(
                  name,
                  Show.count(Model.whole(row.get(1))),
                  Links.with(frame.links().place("overview"), Map.of("env", name)));
            })
            .toList();
  }

  @Override
  public Done change(Pages.Visit visit, FormBody form, boolean all) {
    String act = form.text("do");
    if (!List.of("create-project", "rename-project", "delete-project").contains(act)) {
      return Done.unknown(form);
    }
    if (!all) {
      return Done.problem("project: all of them (expected: this one; you may change no other)");
    }
    return switch (act) {
      case "create-project" -> create(form);
      case "rename-project" -> rename(visit, form);
      default -> delete(visit, form);
    };
  }

  private Done create(FormBody form) {
    String name = form.text("name").strip();
    String problem = problemWith(name);
    if (problem != null) {
      return Done.problem(problem);
    }
    access.createProject(name);
    return Done.said("Project " + name + " is there; it has no key yet.");
  }

  private @Nullable String problemWith(String name) {
    boolean taken = access.projects().stream().anyMatch(one -> one.name().equals(name));
    if (!taken && name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      return null;
    }
    String expected = taken ? "a name that is free" : "a-z, 0-9 and -";
    return "name: " + name + " (expected: " + expected + ")";
  }

  private Done rename(Pages.Visit visit, FormBody form) {
    String name = form.text("name").strip();
    String problem = problemWith(name);
    if (problem != null) {
      return Done.problem(problem);
    }
    Done unconfirmed = Done.unconfirmed(visit.frame(), form);
    if (unconfirmed != null) {
      return unconfirmed;
    }
    access.renameProject(visit.project(), name);
    return Done.moved(new Links(name).one("settings", "project"));
  }

  private Done delete(Pages.Visit visit, FormBody form) {
    Done unconfirmed = Done.unconfirmed(visit.frame(), form);
    if (unconfirmed != null) {
      return unconfirmed;
    }
    try {
      access.deleteProject(visit.project());
    } catch (IllegalArgumentException e) {
      return Done.problem(String.valueOf(e.getMessage()));
    }
    return Done.moved("/");
  }
}
