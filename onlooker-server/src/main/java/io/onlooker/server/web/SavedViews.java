package io.onlooker.server.web;

import io.onlooker.server.access.Setting;
import io.onlooker.server.http.HttpProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The saved views of each project, as one of its settings. Safe for many threads. */
final class SavedViews {

  static final int MOST = 200;

  private static final String NAME = "views";
  private static final int ATTEMPTS = 10;
  private static final JsonMapper JSON = new JsonMapper();

  private static final Comparator<SavedView> BY_NAME =
      Comparator.comparing(SavedView::place)
          .thenComparing(view -> view.name().toLowerCase(Locale.ROOT))
          .thenComparingLong(SavedView::id);

  private final ProjectAccess access;

  SavedViews(ProjectAccess access) {
    this.access = access;
  }

  /**
   * All of a project.
   *
   * @param next the id of the next one; none is given twice
   */
  private record Kept(long next, List<SavedView> views) {

    static Kept of(@Nullable Setting setting) {
      List<SavedView> views = new ArrayList<>();
      JsonNode json = JSON.readTree(setting == null ? "{}" : setting.value());
      for (JsonNode view : json.path("views")) {
        views.add(
            new SavedView(
                view.path("id").asLong(0),
                view.path("name").asString(""),
                view.path("list").asString(""),
                view.path("query").asString("")));
      }
      return new Kept(json.path("next").asLong(1), views);
    }

    String json() {
      ObjectNode json = JSON.createObjectNode().put("next", next);
      ArrayNode array = json.putArray("views");
      for (SavedView view : views) {
        array
            .addObject()
            .put("id", view.id())
            .put("name", view.name())
            .put("list", view.list())
            .put("query", view.query());
      }
      return json.toString();
    }

    Kept with(List<SavedView> changed) {
      return new Kept(next, changed);
    }
  }

  /** Those of a project, by list and name. */
  List<SavedView> all(int project) {
    return Kept.of(access.setting(project, NAME)).views().stream().sorted(BY_NAME).toList();
  }

  /**
   * Keeps one more.
   *
   * @throws HttpProblem 400 when its name is none or taken, 409 when there are too many
   */
  void add(int project, SavedView view) {
    change(
        project,
        kept -> {
          requireFree(kept, view);
          if (kept.views().size() >= MOST) {
            throw new HttpProblem(
                409, "Too many views", "views: %d (expected: at most %d)".formatted(MOST, MOST));
          }
          List<SavedView> views = new ArrayList<>(kept.views());
          views.add(view.withId(kept.next()));
          return new Kept(kept.next() + 1, views);
        });
  }

  /**
   * Gives one another name.
   *
   * @throws HttpProblem 400 when the name is none or taken, 404 when there is no such view
   */
  void rename(int project, long id, String name) {
    change(
        project,
        kept -> {
          SavedView renamed = require(kept, id).named(name);
          requireFree(kept, renamed);
          return kept.with(
              kept.views().stream().map(view -> view.id() == id ? renamed : view).toList());
        });
  }

  /**
   * Lets go of one.
   *
   * @throws HttpProblem 404 when there is none
   */
  void remove(int project, long id) {
    change(
        project,
        kept -> {
          SavedView gone = require(kept, id);
          return kept.with(kept.views().stream().filter(view -> !view.equals(gone)).toList());
        });
  }

  private static SavedView require(Kept kept, long id) {
    return kept.views().stream()
        .filter(view -> view.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new HttpProblem(404, "No such view", "view: " + id + " (expected: a saved one)"));
  }

  private static void requireFree(Kept kept, SavedView named) {
    String name = named.name();
    if (name.isEmpty() || name.length() > SavedView.LONGEST_NAME) {
      throw wrong("name: " + name, "1 to " + SavedView.LONGEST_NAME + " characters");
    }
    for (SavedView other : kept.views()) {
      boolean same = other.list().equals(named.list()) && other.name().equals(name);
      if (same && other.id() != named.id()) {
        throw wrong("name: " + name, "one that is free");
      }
    }
  }

  private static HttpProblem wrong(String value, String expected) {
    return new HttpProblem(400, "Not saved", value + " (expected: " + expected + ")");
  }

  /** Again when somebody else was faster. */
  private void change(int project, UnaryOperator<Kept> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Setting before = access.setting(project, NAME);
      String changed = change.apply(Kept.of(before)).json();
      if (access.putSetting(project, NAME, changed, before == null ? 0 : before.version())) {
        return;
      }
    }
    throw new HttpProblem(409, "Changed meanwhile", "views: changed by others (expected: again)");
  }
}
