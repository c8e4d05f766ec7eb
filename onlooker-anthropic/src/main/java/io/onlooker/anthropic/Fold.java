package io.onlooker.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.instrument.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the events of one streamed message, plain or beta, by their JSON, which both have in
 * common. Takes any order and ends that never come. One thread at a time.
 */
final class Fold {

  private final StreamedBlocks blocks = new StreamedBlocks();
  private final Map<String, Object> usage = new LinkedHashMap<>();
  private boolean begun;
  private boolean outputCounted;
  private boolean stopped;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String stopReason;

  /**
   * Adds an event.
   *
   * @param keep whether what it says has to be kept
   * @return whether it carries content, not only framing
   */
  boolean add(Object piece, boolean keep) {
    Map<String, JsonValue> event = Known.object(json(piece).orElse(null));
    begun = true;
    String type = text(event, "type");
    switch (type == null ? "" : type) {
      case "message_start" -> start(object(event, "message"));
      case "content_block_start" -> {
        return blocks.start(index(event), object(event, "content_block"), keep);
      }
      case "content_block_delta" -> {
        return blocks.delta(index(event), object(event, "delta"), keep);
      }
      case "message_delta" -> delta(event);
      case "message_stop" -> stopped = true;
      default -> {
        // Pings, and whatever the API adds.
      }
    }
    return false;
  }

  private static Optional<JsonValue> json(Object piece) {
    if (piece instanceof RawMessageStreamEvent event) {
      return event._json();
    }
    return piece instanceof BetaRawMessageStreamEvent event ? event._json() : Optional.empty();
  }

  private void start(Map<String, JsonValue> message) {
    id = text(message, "id");
    model = text(message, "model");
    count(message);
  }

  private void delta(Map<String, JsonValue> event) {
    String reason = text(object(event, "delta"), "stop_reason");
    stopReason = reason == null ? stopReason : reason;
    count(event);
    // What the stream begins with counts the first token only.
    outputCounted |= object(event, "usage").containsKey("output_tokens");
  }

  /** Counts are cumulative: the last one counts. */
  private void count(Map<String, JsonValue> within) {
    usage.putAll(Trees.map(within.get("usage")));
  }

  /** Whether the message's own end was here. */
  boolean stopped() {
    return stopped;
  }

  /** The content so far, as far as it was kept. */
  List<Map<String, Object>> blocks() {
    return blocks.all();
  }

  /** Says what the message amounts to so far. */
  void write(Span span, Recording recording) {
    if (!begun) {
      return;
    }
    List<String> reasons = stopReason == null ? List.of() : List.of(stopReason);
    span.set(new Details.Response(id, model, reasons, null, true));
    if (!outputCounted) {
      usage.remove("output_tokens");
    }
    Tokens.write(span, usage);
    if (recording.outputs()) {
      List<Map<String, Object>> said = blocks.all();
      boolean text = said.stream().anyMatch(Blocks::isText);
      boolean calls = said.stream().anyMatch(Blocks::isToolUse);
      new Output(text, calls, stopReason, () -> said).write(span);
    }
  }

  private static Map<String, JsonValue> object(Map<String, JsonValue> map, String name) {
    return Known.object(map.get(name));
  }

  static @Nullable String text(Map<String, JsonValue> map, String name) {
    return Known.text(map.get(name));
  }

  private static int index(Map<String, JsonValue> event) {
    Number index = Known.number(event.get("index"));
    return index == null ? 0 : index.intValue();
  }
}
