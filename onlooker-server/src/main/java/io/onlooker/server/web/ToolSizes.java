package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.query.QueryParser;
import io.onlooker.store.span.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much text tools usually take and give: the median of their newest calls. */
final class ToolSizes {

  /** So many calls are looked at, of all tools together: the text of each must be read. */
  private static final int NEWEST = 500;

  private final Map<String, List<Integer>> inputs = new HashMap<>();
  private final Map<String, List<Integer>> outputs = new HashMap<>();

  private ToolSizes() {}

  /**
   * Of the calls in this time.
   *
   * @param query which spans
   */
  static ToolSizes of(Figures spans, String query, Range range) {
    SpanQuery newest =
        new SpanQuery(
            spans.project(), QueryParser.parse(query), range.from(), range.to(), NEWEST, null);
    ToolSizes sizes = new ToolSizes();
    spans.store().spans(newest).spans().forEach(sizes::add);
    return sizes;
  }

  Cell input(String tool) {
    return cell(inputs.getOrDefault(tool, List.of()));
  }

  Cell output(String tool) {
    return cell(outputs.getOrDefault(tool, List.of()));
  }

  private void add(SpanData span) {
    String tool = Actors.name(span.attributes().string("gen_ai.tool.name"));
    add(inputs, tool, Messages.toolInput(span));
    add(outputs, tool, Messages.toolOutput(span));
  }

  private static void add(Map<String, List<Integer>> to, String tool, @Nullable String text) {
    if (text != null) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      to.computeIfAbsent(tool, _ -> new ArrayList<>()).add(bytes);
    }
  }

  private static Cell cell(List<Integer> sizes) {
    if (sizes.isEmpty()) {
      return Cell.of(Show.UNKNOWN, "not recorded among the newest calls").styled("dim");
    }
    Collections.sort(sizes);
    int median = sizes.get(sizes.size() / 2);
    return Cell.of(
        Show.bytes(median),
        median + " bytes, the median of the newest " + Show.count(sizes.size()));
  }
}
