package io.onlooker.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in pieces: its texts and the tools it asks for, each under the index the
 * provider gave it. Safe for many threads; tolerates pieces in any order and ends that never come.
 */
public final class StreamedAnswer {

  /** What is longer is counted, not kept. */
  private static final int MOST_CHARS = 1 << 20;

  private final TreeMap<Integer, StringBuilder> texts = new TreeMap<>();
  private final Map<Long, Call> calls = new TreeMap<>();
  private int chars;
  private boolean full;
  private long missing;

  /** Adds a piece of the text of one choice. */
  public synchronized void text(int choice, String piece) {
    append(texts.computeIfAbsent(choice, none -> new StringBuilder()), piece);
  }

  /** Adds what a piece says about a tool call; null and empty say nothing. */
  public synchronized void toolCall(
      int choice,
      int index,
      @Nullable String id,
      @Nullable String name,
      @Nullable String arguments) {
    Call call = calls.computeIfAbsent(((long) choice << 32) | index, none -> new Call());
    call.id = id == null || id.isEmpty() ? call.id : id;
    call.name = name == null || name.isEmpty() ? call.name : name;
    if (arguments != null) {
      append(call.arguments, arguments);
    }
  }

  private void append(StringBuilder to, String piece) {
    int room = full ? 0 : Math.min(piece.length(), MOST_CHARS - chars);
    to.append(piece, 0, room);
    chars += room;
    missing += piece.length() - room;
    if (room < piece.length() && !full) {
      full = true;
      missing += Truncation.cutLastWord(to);
    }
  }

  /** The texts so far, in the order of their choices. */
  public synchronized List<String> texts() {
    List<String> all = new ArrayList<>();
    texts.keySet().forEach(choice -> all.add(text(choice)));
    return all;
  }

  /** The text of one choice so far; empty when there is none. */
  public synchronized String text(int choice) {
    StringBuilder text = texts.get(choice);
    if (text == null) {
      return "";
    }
    boolean cut = missing > 0 && texts.lastKey() == choice;
    return cut ? text + "…[truncated " + missing + " chars]" : text.toString();
  }

  /** The tool calls so far: {@code id}, {@code type}, {@code name}, {@code arguments} each. */
  public synchronized List<Map<String, Object>> toolCalls() {
    List<Map<String, Object>> all = new ArrayList<>();
    calls.values().forEach(call -> all.add(call.toMap()));
    return all;
  }

  private static final class Call {

    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String id;
    private @Nullable String name;

    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      if (id != null) {
        map.put("id", id);
      }
      map.put("type", "function");
      map.put("name", name == null ? "" : name);
      map.put("arguments", arguments.toString());
      return map;
    }
  }
}
