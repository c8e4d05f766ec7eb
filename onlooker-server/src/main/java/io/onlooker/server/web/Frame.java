package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every page has around its content.
 *
 * @param title of the window, without the product's name
 * @param place the current one of the bar's places, or empty
 * @param projects names of all projects this person may look at
 * @param environments to choose from; empty where nothing depends on them
 * @param views that were saved, where there are lists to save views of
 * @param here the address of this page, for the switches that come back to it
 */
record Frame(
    String title,
    String place,
    Links links,
    List<String> projects,
    List<Environments.Choice> environments,
    ViewMenu views,
    Visitor visitor,
    Instant now,
    String here,
    Assets assets) {

  /** Where the bar leads. */
  static final List<Place> PLACES =
      List.of(
          new Place("overview", "Overview"),
          new Place("sessions", "Sessions"),
          new Place("conversations", "Conversations"),
          new Place("agents", "Agents"),
          new Place("spans", "Spans"),
          new Place("issues", "Issues"),
          new Place("logs", "Logs"));

  /** A place of the bar. */
  record Place(String path, String name) {}

  /** What one request is asked with: made once, then given a title by the page. */
  static Frame of(
      Request request, String project, List<String> projects, Instant now, Assets assets) {
    return new Frame(
        "",
        "",
        new Links(project),
        projects,
        List.of(),
        ViewMenu.NONE,
        Visitor.of(request),
        now,
        address(request),
        assets);
  }

  Frame titled(String newTitle, String newPlace) {
    return new Frame(
        newTitle, newPlace, links, projects, environments, views, visitor, now, here, assets);
  }

  Frame with(List<Environments.Choice> choices) {
    return new Frame(title, place, links, projects, choices, views, visitor, now, here, assets);
  }

  Frame with(ViewMenu saved) {
    return new Frame(
        title, place, links, projects, environments, saved, visitor, now, here, assets);
  }

  /** The environment that is shown, or empty for all. */
  String environment() {
    return environments.stream()
        .filter(Environments.Choice::current)
        .map(Environments.Choice::name)
        .findFirst()
        .orElse("");
  }

  /** A place of the bar, in the environment that is shown. */
  String placeLink(Place to) {
    return Links.with(links.place(to.path()), Map.of("env", environment()));
  }

  String time(long nanos) {
    return Show.time(nanos, visitor.zone(), now);
  }

  String themeLink(String theme) {
    return Links.with("/theme/" + theme, Map.of("back", here));
  }

  String readAsLink(ReadAs as) {
    return Links.with("/reader/" + as.word(), Map.of("back", here));
  }

  private static String address(Request request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    request.query().forEach((name, values) -> parameters.put(name, String.join(" ", values)));
    return Links.with(Links.path(request.path()), parameters);
  }
}
