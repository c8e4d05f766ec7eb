package io.onlooker.server.pricing;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far pricing again has come.
 *
 * @param looked how many model calls were priced again
 * @param changed how many of them cost something else now
 * @param cursor behind what was done, or null at the beginning
 * @param ended null while it runs
 * @param error why it failed, or null
 */
public record RepriceJob(
    State state,
    Instant from,
    Instant to,
    Instant began,
    @Nullable Instant ended,
    long looked,
    long changed,
    @Nullable String cursor,
    @Nullable String error) {

  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  static RepriceJob begin(Instant from, Instant to, Instant now) {
    return new RepriceJob(State.RUNNING, from, to, now, null, 0, 0, null, null);
  }

  /**
   * @param next where the next page begins, or null when there is none
   */
  RepriceJob after(int more, int moreChanged, @Nullable String next, Instant now) {
    boolean done = next == null;
    return new RepriceJob(
        done ? State.DONE : State.RUNNING,
        from,
        to,
        began,
        done ? now : null,
        looked + more,
        changed + moreChanged,
        next,
        null);
  }

  RepriceJob failed(String why, Instant now) {
    return new RepriceJob(State.FAILED, from, to, began, now, looked, changed, cursor, why);
  }

  String toJson() {
    ObjectNode json = shown();
    return json.put("cursor", cursor).toString();
  }

  /** What a person may see of it. */
  ObjectNode shown() {
    return OwnPrice.JSON
        .createObjectNode()
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("from", from.toString())
        .put("to", to.toString())
        .put("began_at", began.toString())
        .put("ended_at", ended == null ? null : ended.toString())
        .put("looked_at", looked)
        .put("changed", changed)
        .put("error", error);
  }

  static RepriceJob parse(String text) {
    JsonNode json = OwnPrice.JSON.readTree(text);
    String ended = text(json, "ended_at");
    return new RepriceJob(
        State.valueOf(json.path("state").asString().toUpperCase(Locale.ROOT)),
        Instant.parse(json.path("from").asString()),
        Instant.parse(json.path("to").asString()),
        Instant.parse(json.path("began_at").asString()),
        ended == null ? null : Instant.parse(ended),
        json.path("looked_at").longValue(),
        json.path("changed").longValue(),
        text(json, "cursor"),
        text(json, "error"));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode node = json.path(name);
    return node.isString() ? node.stringValue() : null;
  }
}
