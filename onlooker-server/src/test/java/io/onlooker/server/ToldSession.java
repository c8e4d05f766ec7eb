package io.onlooker.server;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A session as the API tells it.
 *
 * @param whole with its events
 * @param spans of its trace
 */
record ToldSession(JsonNode whole, JsonNode spans) {

  /** A member, or {@code -} where there is none. */
  String text(String member) {
    JsonNode value = whole.path(member);
    return value.isNull() || value.isMissingNode() ? "-" : value.asString();
  }

  /** Who spoke to whom and how it ended, what was said, and the tree of spans. */
  String summary() {
    String failure = text("failure_reason").equals("-") ? "" : "! " + text("failure_reason") + "\n";
    return """
    %s, user %s, conversation %s
    %s, %s steps, %s tokens
    > %s
    < %s
    %s%s
    """
        .formatted(
            text("agent_name"),
            text("user_id"),
            text("conversation_id"),
            text("status"),
            text("steps"),
            text("total_tokens"),
            text("input"),
            text("output"),
            failure,
            tree());
  }

  /** What the agent's span has to say of the call, or {@code -}. */
  String metadata(String key) {
    return whole.path("attributes").path("metadata." + key).asString("-");
  }

  /** The events' names. */
  List<String> events() {
    return whole.path("events").valueStream().map(event -> event.path("name").asString()).toList();
  }

  JsonNode event(int index) {
    return whole.path("events").get(index);
  }

  /**
   * The trace by operations and names, without {@code gen_ai.} and none said twice: {@code
   * invoke_agent a > chat m, (execute_tool t > invoke_agent b), chat m}. What failed has an
   * exclamation mark.
   */
  String tree() {
    return children(null).stream().map(this::tree).collect(joining("; "));
  }

  private String tree(JsonNode span) {
    String self = name(span) + (span.path("status").asString().equals("error") ? "!" : "");
    List<JsonNode> children = children(span.path("span_id").asString());
    boolean alone = children.size() == 1;
    return children.isEmpty()
        ? self
        : self + " > " + children.stream().map(child -> among(child, alone)).collect(joining(", "));
  }

  private static String name(JsonNode span) {
    String op = span.path("op").asString().replaceFirst("^gen_ai\\.", "") + " ";
    String name = span.path("name").asString();
    return name.startsWith(op) ? name : op + name;
  }

  private String among(JsonNode child, boolean alone) {
    String text = tree(child);
    return alone || !text.contains(" > ") ? text : "(" + text + ")";
  }

  /** In the order of their starts; the roots below null. */
  private List<JsonNode> children(@Nullable String parent) {
    return spans
        .valueStream()
        .filter(span -> {
          JsonNode above = span.path("parent_span_id");
          return parent == null ? above.isNull() : above.asString().equals(parent);
        })
        .sorted(Comparator.comparing(span -> Instant.parse(span.path("start").asString())))
        .toList();
  }
}
