package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The environments that a project hears of, for the choice in the bar. Asked for once a minute at
 * most: every page of figures has the bar. Safe for many threads.
 */
final class Environments {

  private static final Duration HEARD = Duration.ofDays(7);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST = 20;

  private final Store store;
  private final Map<Integer, Known> known = new ConcurrentHashMap<>();

  Environments(Store store) {
    this.store = store;
  }

  private record Known(Instant at, Beside<List<String>> names) {}

  /**
   * An environment to choose.
   *
   * @param name empty for all of them
   * @param link the page that is shown, for this environment
   */
  record Choice(String name, String link, boolean current) {}

  /**
   * The choices for the page of a request: none where nothing depends on them, or where there is
   * but one.
   */
  List<Choice> choices(Request request, int project, Instant now) {
    if (!ofFigures(request.path())) {
      return List.of();
    }
    String asked = String.valueOf(request.parameters("env").stream().findFirst().orElse(""));
    TreeSet<String> names = new TreeSet<>(heard(project, now));
    if (!asked.isEmpty()) {
      names.add(asked);
    }
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("", link(request, ""), asked.isEmpty()));
    names.forEach(name -> choices.add(new Choice(name, link(request, name), name.equals(asked))));
    return choices.size() <= 2 && asked.isEmpty() ? List.of() : choices;
  }

  /** A list, the overview, or figures of one agent, model, tool or person; none of one session. */
  private static boolean ofFigures(String path) {
    return path.matches("/p/[^/]+/(?:[^/]+|(?:agents|models|tools|users)/.+)");
  }

  private static String link(Request request, String environment) {
    Map<String, List<String>> parameters = new LinkedHashMap<>(request.query());
    parameters.remove("cursor");
    parameters.put("env", List.of(environment));
    return Links.withAll(Links.path(request.path()), parameters);
  }

  private List<String> heard(int project, Instant now) {
    Known one =
        known.compute(
            project,
            (id, old) ->
                old != null && now.isBefore(old.at().plus(FRESH))
                    ? old
                    : new Known(now, Beside.begin(() -> read(id, now))));
    try {
      return one.names().join();
    } catch (StoreException _) {
      // The page says itself what it cannot show; the bar does without.
      return List.of();
    }
  }

  private List<String> read(int project, Instant now) {
    Range week = new Range("", now.minus(HEARD), now.plusSeconds(1));
    return new Figures(store, project)
            .totals("has:environment", List.of("count()"), List.of("environment"), week, MOST)
            .rows()
            .stream()
            .map(row -> Actors.name(row.getFirst()))
            .toList();
  }
}
