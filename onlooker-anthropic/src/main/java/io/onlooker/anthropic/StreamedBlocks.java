package io.onlooker.anthropic;

import com.anthropic.core.JsonValue;
import io.onlooker.instrument.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks of a message while their pieces come. One thread at a time. */
final class StreamedBlocks {

  private static final String TEXT = "text";
  private static final String THINKING = "thinking";

  /** How each block begins, by its index. */
  private final Map<Integer, Map<String, Object>> begun = new TreeMap<>();

  /** What the pieces of each amount to, by its index: text, thinking, or a tool's input. */
  private final StreamedAnswer pieces = new StreamedAnswer();

  /** Whether the beginning is content already: a tool that is asked for, a tool's result. */
  boolean start(int index, Map<String, JsonValue> block, boolean keep) {
    String type = Fold.text(block, "type");
    if (type == null) {
      return false;
    }
    if (type.equals(TEXT) || type.equals(THINKING)) {
      return said(index, type, Fold.text(block, type), keep);
    }
    if (keep) {
      begin(index, Trees.map(block));
    }
    return true;
  }

  /** Whether the piece says anything. */
  boolean delta(int index, Map<String, JsonValue> delta, boolean keep) {
    String type = Fold.text(delta, "type");
    return switch (type == null ? "" : type) {
      case "text_delta" -> said(index, TEXT, Fold.text(delta, TEXT), keep);
      case "thinking_delta" -> said(index, THINKING, Fold.text(delta, THINKING), keep);
      case "input_json_delta" -> said(index, "tool_use", Fold.text(delta, "partial_json"), keep);
      default -> false;
    };
  }

  private boolean said(int index, String type, @Nullable String piece, boolean keep) {
    if (keep) {
      begin(index, Map.of("type", type));
      pieces.text(index, piece == null ? "" : piece);
    }
    return piece != null && !piece.isEmpty();
  }

  private void begin(int index, Map<String, Object> block) {
    begun.putIfAbsent(index, block);
  }

  /** The blocks so far, in their order. */
  List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>();
    begun.forEach((index, start) -> all.add(block(start, pieces.text(index))));
    return all;
  }

  private static Map<String, Object> block(Map<String, Object> start, String said) {
    Map<String, Object> block = new LinkedHashMap<>(start);
    Object type = start.get("type");
    if (TEXT.equals(type) || THINKING.equals(type)) {
      block.put(String.valueOf(type), said);
    } else if (!said.isEmpty()) {
      block.put("input", Trees.parsed(said));
    }
    return block;
  }
}
