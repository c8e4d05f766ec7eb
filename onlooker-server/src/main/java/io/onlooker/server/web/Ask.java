package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a list or a figure is asked for, and the addresses that ask for a little else.
 *
 * @param path of the page
 * @param parameters those it was asked with, but for the range and the cursor
 * @param usualSort how the page sorts unless told: {@code -started}
 * @param usualColumns those this person wants to see unless told; empty for the usual ones
 */
record Ask(
    String path,
    Map<String, List<String>> parameters,
    Range range,
    String usualSort,
    List<String> usualColumns,
    @Nullable String cursor) {

  static final int ROWS = 50;

  /** The parameters that lists know, beside those of time. */
  static final List<String> KNOWN =
      List.of("q", "sort", "cols", "mode", "agg", "by", "viz", "env", "cmp", "level", "state");

  private static final int MOST_VALUES = 20;

  /** A name and a value that a form carries along. */
  record Carried(String name, String value) {}

  static Ask of(Request request, String path, String usualSort, Instant now) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String name : KNOWN) {
      List<String> values =
          request.parameters(name).stream()
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .distinct()
              .limit(MOST_VALUES)
              .toList();
      if (!values.isEmpty()) {
        parameters.put(name, values);
      }
    }
    String list = path.substring(path.lastIndexOf('/') + 1);
    return new Ask(
        path,
        parameters,
        Range.of(request, now),
        usualSort,
        Visitor.of(request).columns().getOrDefault(list, List.of()),
        request.parameter("cursor"));
  }

  /** The columns to show: those the address names, else those this person always wants. */
  List<String> columns() {
    return all("cols").isEmpty() ? usualColumns : all("cols");
  }

  /** In the search language, as typed. */
  String query() {
    return text("q");
  }

  /** Empty when the address does not say. */
  String text(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** Whether figures are to be compared with the period before. */
  boolean compares() {
    return text("cmp").equals("prev");
  }

  /** The filter, narrowed to the environment that the address names. */
  Filter narrowed(Filter filter) {
    String environment = text("env");
    return environment.isEmpty()
        ? filter
        : new Filter.And(
            List.of(
                filter,
                new Filter.Equal(
                    new Field.Attribute("environment"),
                    List.of(new Filter.Value.Text(environment)))));
  }

  /** The query, narrowed to the environment that the address names. */
  String narrowed(String query) {
    return (query + " " + environment()).strip();
  }

  /** The same as a term of the query language, or empty. */
  String environment() {
    String environment = text("env");
    return environment.isEmpty() ? "" : Links.term("environment", environment);
  }

  /** What links to other places keep: the time and the environment. */
  Map<String, String> kept() {
    Map<String, String> kept = new LinkedHashMap<>(range.parameters());
    kept.put("env", text("env"));
    return kept;
  }

  /** The same with another query. */
  Ask withQuery(String query) {
    return new Ask(path, changed("q", List.of(query)), range, usualSort, usualColumns, cursor);
  }

  boolean in(String rangeName) {
    return range.name().equals(rangeName);
  }

  String rangeLink(String rangeName) {
    Map<String, List<String>> all = withoutRange();
    all.put("range", List.of(rangeName));
    return Links.withAll(path, all);
  }

  /** From a chart: these times and nothing else. */
  String windowLink(Instant from, Instant to) {
    Map<String, List<String>> all = withoutRange();
    all.put("from", List.of(from.toString()));
    all.put("to", List.of(to.toString()));
    return Links.withAll(path, all);
  }

  String queryLink(String otherQuery) {
    return link("q", otherQuery);
  }

  /** One more term in the query. */
  String termLink(String term) {
    return queryLink((query() + " " + term).strip());
  }

  /** One parameter set, or left out when it is empty. */
  String link(String name, String value) {
    return linkAll(name, List.of(value));
  }

  String linkAll(String name, List<String> values) {
    return Links.withAll(path, withRange(changed(name, values)));
  }

  String link() {
    return Links.withAll(path, withRange(parameters));
  }

  String olderLink(String nextCursor) {
    return link("cursor", nextCursor);
  }

  /** The order asked for: a column's key, behind a minus for largest first. */
  String sort() {
    String sort = text("sort");
    return sort.isEmpty() ? usualSort : sort;
  }

  String sortColumn() {
    return sort().startsWith("-") ? sort().substring(1) : sort();
  }

  boolean descending() {
    return sort().startsWith("-");
  }

  /** Sorts by the column, largest first; a second time the other way round. */
  String sortLink(String column) {
    boolean down = !sortColumn().equals(column) || !descending();
    String sort = (down ? "-" : "") + column;
    return link("sort", sort.equals(usualSort) ? "" : sort);
  }

  /** For the header of a column: {@code descending}, {@code ascending} or {@code none}. */
  String sorting(String column) {
    return !sortColumn().equals(column) ? "none" : descending() ? "descending" : "ascending";
  }

  /** What a form that changes these parameters must carry along. */
  List<Carried> carried(String... without) {
    List<Carried> carried = new ArrayList<>();
    withRange(parameters)
        .forEach((name, values) -> {
          if (Stream.of(without).noneMatch(name::equals)) {
            values.forEach(value -> carried.add(new Carried(name, value)));
          }
        });
    return carried;
  }

  /** The parameters of this list without its page: what a link back to it needs. */
  Map<String, String> ofList() {
    Map<String, String> list = new LinkedHashMap<>();
    withRange(parameters)
        .forEach((name, values) -> {
          if (!name.equals("cols")) {
            list.put(name, values.getFirst());
          }
        });
    return list;
  }

  private Map<String, List<String>> changed(String name, List<String> values) {
    Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
    changed.put(name, values);
    return changed;
  }

  private Map<String, List<String>> withoutRange() {
    return new LinkedHashMap<>(parameters);
  }

  /** The range stands behind the query, as a person would write it. */
  private Map<String, List<String>> withRange(Map<String, List<String>> others) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (others.containsKey("q")) {
      all.put("q", others.get("q"));
    }
    range.parameters().forEach((name, value) -> all.put(name, List.of(value)));
    others.forEach(all::putIfAbsent);
    return all;
  }
}
