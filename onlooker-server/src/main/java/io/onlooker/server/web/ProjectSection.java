package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Project;
import io.onlooker.server.http.Request;
import io.onlooker.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a project is called, which environments it has heard of, and its neighbours. */
final class ProjectSection implements SettingsSection {

  private static final Duration HEARD = Duration.ofDays(30);
  private static final int MOST_ENVIRONMENTS = 50;

  private final Access access;
  private final Store store;
  private final String retention;

  ProjectSection(Access access, Store store, String retention) {
    this.access = access;
    this.store = store;
    this.retention = retention;
  }

  /**
   * The project.
   *
   * @param environments that sent something in the last 30 days, the busiest first
   */
  record View(
      Project project,
      String created,
      String host,
      String zone,
      String retention,
      List<Environment> environments)
      implements Body {}

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
        retention,
        environments(visit));
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
    if (!form.text("do").equals("create-project")) {
      return Done.unknown(form);
    }
    if (!all) {
      return Done.problem("project: a new one (expected: somebody who may change all projects)");
    }
    String name = form.text("name").strip();
    boolean taken = access.projects().stream().anyMatch(one -> one.name().equals(name));
    if (taken || !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      String problem = taken ? " (expected: a name that is free)" : " (expected: a-z, 0-9 and -)";
      return Done.problem("name: " + name + problem);
    }
    access.createProject(name);
    return Done.said("Project " + name + " is there; it has no key yet.");
  }
}
