package io.onlooker.server.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows JSON as a tree that is closed below its second level, each key with the path to it. */
final class JsonTree {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 500_000;
  private static final int MOST_NODES = 2_000;
  private static final int LONGEST_VALUE = 2_000;
  private static final int OPEN_LEVELS = 2;

  private final HtmlTemplateOutput html;
  private int nodes;

  private JsonTree(TemplateOutput output) {
    this.html = (HtmlTemplateOutput) output;
  }

  /** The tree, or null when the text is no JSON object or list, or too much of it. */
  static @Nullable Content of(String text) {
    if (text.length() > LONGEST || !Indent.looksLikeJson(text)) {
      return null;
    }
    try {
      JsonNode root = JSON.readTree(text);
      return output -> new JsonTree(output).write("$", "$", root, 0);
    } catch (JacksonException e) {
      return null;
    }
  }

  private void write(String key, String path, JsonNode node, int level) {
    if (++nodes > MOST_NODES) {
      if (nodes == MOST_NODES + 1) {
        html.writeContent("<p class=\"cut\">The rest is in the text.</p>");
      }
      return;
    }
    if (!node.isContainer() || node.isEmpty()) {
      html.writeContent("<div class=\"leaf\">");
      key(key, path);
      text("div", ": " + value(node));
      html.writeContent("</div>");
      return;
    }
    html.writeContent(level < OPEN_LEVELS ? "<details open><summary>" : "<details><summary>");
    key(key, path);
    text("summary", (node.isArray() ? " [" : " {") + node.size() + (node.isArray() ? "]" : "}"));
    html.writeContent("</summary><div class=\"in\">");
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        write(Integer.toString(i), path + "[" + i + "]", node.get(i), level + 1);
      }
    } else {
      node.forEachEntry((name, child) -> write(name, path + "." + name, child, level + 1));
    }
    html.writeContent("</div></details>");
  }

  private static String value(JsonNode node) {
    String text = node.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private void key(String key, String path) {
    html.writeContent("<b class=\"key\" title=\"");
    html.setContext("b", "title");
    html.writeUserContent(path);
    html.setContext("b", null);
    html.writeContent("\">");
    text("b", key);
    html.writeContent("</b>");
  }

  private void text(String tag, String text) {
    html.setContext(tag, null);
    html.writeUserContent(text);
  }
}
