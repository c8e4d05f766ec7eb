package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a page of steps is asked for, and the addresses that ask for a little else.
 *
 * @param path of the page
 * @param parameters those it understands, and those of the list it was opened from
 */
record StepAsk(String path, Map<String, String> parameters) {

  /** The steps whose parent has not come. */
  static final String LATE = "late";

  private static final List<String> OF_LIST = List.of("q", "range", "from", "to", "sort");
  private static final List<String> OWN = List.of("view", "only", "step", "at", "t0", "t1");
  private static final Set<String> VIEWS = Set.of("story", "waterfall", "raw");

  static StepAsk of(Request request, String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (List<String> names : List.of(OF_LIST, OWN)) {
      for (String name : names) {
        String value = request.parameter(name);
        if (value != null) {
          parameters.put(name, value);
        }
      }
    }
    return new StepAsk(path, parameters);
  }

  /** {@code story}, {@code waterfall} or {@code raw}. */
  String view(String usual) {
    String view = parameters.getOrDefault("view", usual);
    return VIEWS.contains(view) ? view : usual;
  }

  /** {@code failed}, {@code llm}, {@code tool}, {@link #LATE}, or empty for all. */
  String only() {
    return parameters.getOrDefault("only", "");
  }

  boolean late() {
    return only().equals(LATE);
  }

  /** The span id of the open step, or null. */
  @Nullable String step() {
    return parameters.get("step");
  }

  /** The first step to show, from 0; null when the address does not say. */
  @Nullable Integer at() {
    Long at = number("at");
    return at == null || at < 0 || at > Integer.MAX_VALUE ? null : at.intValue();
  }

  /** Milliseconds from the start at which the zoomed window begins and ends; null without zoom. */
  long @Nullable [] zoom() {
    Long from = number("t0");
    Long to = number("t1");
    return from == null || to == null || from >= to ? null : new long[] {from, to};
  }

  String viewLink(String view) {
    return with(Map.of("view", view, "at", "", "t0", "", "t1", ""));
  }

  String onlyLink(String only) {
    return with(Map.of("only", only, "at", "", "step", ""));
  }

  String stepLink(String spanId) {
    return with(Map.of("step", spanId)) + "#s-" + Links.encode(spanId);
  }

  String closeLink() {
    return with(Map.of("step", ""));
  }

  String atLink(int at) {
    return with(Map.of("at", Integer.toString(at), "step", ""));
  }

  String zoomLink(long fromMillis, long toMillis) {
    return with(Map.of("t0", Long.toString(fromMillis), "t1", Long.toString(toMillis)));
  }

  /** Where all rows of the waterfall are, as data. */
  String rowsLink() {
    return Links.with(path + "/rows", Map.of("only", only()));
  }

  /** What a form that zooms keeps. */
  List<Map.Entry<String, String>> others() {
    return parameters.entrySet().stream()
        .filter(parameter -> !Set.of("t0", "t1", "at").contains(parameter.getKey()))
        .toList();
  }

  String wholeLink() {
    return with(Map.of("t0", "", "t1", ""));
  }

  /** Back to the list this page was opened from. */
  String listLink(Links links) {
    Map<String, String> list = new LinkedHashMap<>(parameters);
    list.keySet().retainAll(OF_LIST);
    return links.sessions(list);
  }

  private String with(Map<String, String> changes) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.putAll(changes);
    return Links.with(path, changed);
  }

  private @Nullable Long number(String name) {
    String text = parameters.get(name);
    try {
      return text == null || text.length() > 18 ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
