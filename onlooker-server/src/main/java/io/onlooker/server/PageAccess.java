package io.onlooker.server;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Principal;
import io.onlooker.server.access.Project;
import io.onlooker.server.access.Scope;
import io.onlooker.server.access.Setting;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.web.ProjectAccess;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the pages and the API which project a request is about, by who asks. */
final class PageAccess implements ProjectAccess {

  private final Access access;

  /** The text of a key that sends, by project, where this process knows it. */
  private final Map<Integer, String> keys;

  PageAccess(Access access, Map<Integer, String> keys) {
    this.access = access;
    this.keys = Map.copyOf(keys);
  }

  /** The project an API request reads: the token's own, or the one it names in {@code project}. */
  int readable(Request request) {
    return project(request, Scope.READ);
  }

  /** The project whose settings an API request changes, told in the same way. */
  int administered(Request request) {
    return project(request, Scope.ADMIN);
  }

  private int project(Request request, Scope scope) {
    Principal principal = access.require(request, scope);
    String named = request.parameter("project");
    if (named != null) {
      int project = project(request, named);
      access.require(request, scope, project);
      return project;
    }
    return principal.project() == null ? Access.FIRST_PROJECT : principal.project();
  }

  @Override
  public List<String> projects(Request request) {
    Principal principal = access.require(request, Scope.READ);
    return access.projects().stream()
        .filter(project -> principal.may(Scope.READ, project.id()))
        .map(Project::name)
        .toList();
  }

  @Override
  public int project(Request request, String name) {
    access.require(request, Scope.READ);
    for (Project project : access.projects()) {
      if (project.name().equals(name) || Integer.toString(project.id()).equals(name)) {
        access.require(request, Scope.READ, project.id());
        return project.id();
      }
    }
    throw new HttpProblem(
        404,
        "No such project",
        "project: " + name + " (expected: one of " + projects(request) + ")");
  }

  /**
   * Keys are kept as hashes: only of one that was made or given at this start the text is known.
   */
  @Override
  public @Nullable String dsn(Request request, String name) {
    int project = project(request, name);
    String key = keys.get(project);
    Principal principal = access.principal(request);
    boolean may = principal != null && principal.may(Scope.ADMIN, project);
    return key == null || !may
        ? null
        : "http://" + key + "@" + request.header("host") + "/" + project;
  }

  @Override
  public String formToken(Request request) {
    Principal principal = access.principal(request);
    return principal != null && principal.scope() == Scope.ADMIN ? access.formToken(request) : "";
  }

  @Override
  public void requireForm(Request request, int project, String token) {
    access.require(request, Scope.ADMIN, project);
    access.requireFormToken(request, token);
  }

  @Override
  public @Nullable Setting setting(int project, String name) {
    return access.setting(project, name);
  }

  @Override
  public boolean putSetting(int project, String name, String value, long expected) {
    return access.putSetting(project, name, value, expected);
  }
}
