package io.onlooker.server.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Spans below their parents. A span whose parent is missing stands on the first level, and so does
 * the first span of a circle.
 */
final class SpanTree {

  private final List<JsonNode> spans = new ArrayList<>();
  private final Map<String, List<JsonNode>> children = new LinkedHashMap<>();
  private final Set<String> shown = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  /** A span and how far below the first level it stands. */
  record Line(JsonNode span, int depth) {}

  private SpanTree(JsonNode list) {
    list.forEach(spans::add);
    for (JsonNode span : spans) {
      String parent = span.path("parent_span_id").asString("");
      children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(span);
    }
  }

  /**
   * @param spans as the API lists them, in order of start
   */
  static List<Line> of(JsonNode spans) {
    SpanTree tree = new SpanTree(spans);
    Set<String> ids = new HashSet<>();
    tree.spans.forEach(span -> ids.add(id(span)));
    tree.spans.stream()
        .filter(span -> !ids.contains(span.path("parent_span_id").asString("")))
        .forEach(tree::show);
    tree.spans.forEach(tree::show);
    return tree.lines;
  }

  private void show(JsonNode root) {
    Deque<Line> next = new ArrayDeque<>();
    next.push(new Line(root, 0));
    while (!next.isEmpty()) {
      Line line = next.pop();
      if (shown.add(id(line.span()))) {
        lines.add(line);
        List<JsonNode> below = children.getOrDefault(id(line.span()), List.of());
        below.reversed().forEach(child -> next.push(new Line(child, line.depth() + 1)));
      }
    }
  }

  private static String id(JsonNode span) {
    return span.path("span_id").asString("");
  }
}
