package io.onlooker.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Figures as text in columns: a head and rows; with steps, a row for each step of each group. */
record TextTable(List<String> head, List<List<String>> rows) {

  private static final int WIDEST = 60;

  /** Reads the answer of {@code POST /api/v1/query}. */
  static TextTable of(JsonNode result) {
    List<String> head = new ArrayList<>();
    result.path("columns").forEach(column -> head.add(column.path("name").stringValue()));
    List<List<String>> rows = new ArrayList<>();
    if (!result.has("series")) {
      result.path("rows").forEach(row -> rows.add(texts(row)));
      addChange(result, head, rows);
      addOther(result, head.size(), rows);
      return new TextTable(head, rows);
    }
    int groups = 0;
    for (JsonNode series : result.path("series")) {
      groups = series.path("group").size();
      for (JsonNode point : series.path("points")) {
        List<String> row = texts(series.path("group"));
        row.add(point.path("start").stringValue());
        row.addAll(texts(point.path("values")));
        rows.add(row);
      }
    }
    for (JsonNode point : result.path("other").path("points")) {
      List<String> row = otherGroup(result);
      row.add(point.path("start").stringValue());
      row.addAll(texts(point.path("values")));
      rows.add(row);
    }
    head.add(groups, "start");
    return new TextTable(head, rows);
  }

  /** One more row for all groups that have none, where there are such. */
  private static void addOther(JsonNode result, int width, List<List<String>> rows) {
    if (result.has("other")) {
      List<String> row = otherGroup(result);
      row.addAll(texts(result.path("other").path("values")));
      while (row.size() < width) {
        row.add("");
      }
      rows.add(row);
    }
  }

  /** Stands in place of the values of a group. */
  private static List<String> otherGroup(JsonNode result) {
    JsonNode other = result.path("other");
    int groups = result.path("columns").size() - other.path("values").size();
    List<String> row = new ArrayList<>();
    long more = other.path("groups").longValue();
    row.add("(%d more %s)".formatted(more, more == 1 ? "group" : "groups"));
    while (row.size() < groups) {
      row.add("");
    }
    return row;
  }

  /** A column of its own for the change of each figure, rounded to a tenth of a percent. */
  private static void addChange(JsonNode result, List<String> head, List<List<String>> rows) {
    JsonNode change = result.path("change");
    int figures = change.path(0).size();
    head.addAll(
        head.subList(head.size() - figures, head.size()).stream()
            .map(figure -> figure + " change %")
            .toList());
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      change
          .path(i)
          .forEach(
              value -> row.add(value.isNumber() ? "%+.1f".formatted(value.doubleValue()) : ""));
    }
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.isNull() ? "" : value.asString()));
    return texts;
  }

  /** Lines of values with commas between, as RFC 4180 says. */
  List<String> csv() {
    return lines().map(TextTable::csv).toList();
  }

  private static String csv(List<String> row) {
    return row.stream()
        .map(value ->
            value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value)
        .collect(Collectors.joining(","));
  }

  /** Lines for a person: long values are cut, control characters are spaces. */
  List<String> aligned() {
    List<List<String>> shown =
        lines().map(row -> row.stream().map(TextTable::shown).toList()).toList();
    int[] widths =
        IntStream.range(0, head.size())
            .map(at -> shown.stream().mapToInt(row -> row.get(at).length()).max().orElse(0))
            .toArray();
    return shown.stream().map(row -> aligned(row, widths)).toList();
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }

  private Stream<List<String>> lines() {
    return Stream.concat(Stream.of(head), rows.stream());
  }
}
