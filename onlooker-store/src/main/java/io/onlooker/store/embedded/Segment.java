package io.onlooker.store.embedded;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sealed items: files that never change, and what is known of them without opening them. */
final class Segment {

  /** What a file of a segment holds. */
  enum Part {
    SPANS,
    TEXTS,
    LOGS,
    ERRORS;

    String suffix() {
      return "." + name().toLowerCase(java.util.Locale.ROOT) + ".parquet";
    }
  }

  private final long number;
  private final Map<Part, Path> files;
  private final Summary summary;
  private final Map<String, KeyColumns> keys;
  private final TraceHashes traces;
  private final WordFile words;

  /**
   * @param spans how many there are
   * @param firstStart and {@code lastStart}: nanoseconds since 1970, the range of span starts and
   *     times of notes
   * @param ops of all spans; a span without an op is not told by it
   * @param bytes size of all files
   */
  record Summary(
      long spans,
      long firstStart,
      long lastStart,
      Set<Integer> projects,
      Set<String> ops,
      long bytes) {

    boolean hasTimes() {
      return firstStart <= lastStart;
    }
  }

  /**
   * Where the values of an attribute key stand.
   *
   * @param columns names of columns by kind of value
   * @param inRest whether the map column {@code rest} holds some
   * @param inTexts whether the file of long texts holds some
   */
  record KeyColumns(Map<AttributeKind, String> columns, boolean inRest, boolean inTexts) {

    static final KeyColumns NONE = new KeyColumns(Map.of(), false, false);

    boolean mayBeShort() {
      return inRest || !columns.isEmpty();
    }

    KeyColumns withoutTexts() {
      return new KeyColumns(columns, inRest, false);
    }

    boolean mayHoldLists() {
      return inRest || columns.containsKey(AttributeKind.LIST);
    }

    KeyColumns with(AttributeKind kind, String column) {
      Map<AttributeKind, String> changed = new EnumMap<>(AttributeKind.class);
      changed.putAll(columns);
      changed.put(kind, column);
      return new KeyColumns(changed, inRest, inTexts);
    }
  }

  Segment(
      long number,
      Map<Part, Path> files,
      Summary summary,
      Map<String, KeyColumns> keys,
      TraceHashes traces,
      WordFile words) {
    this.number = number;
    this.files = files;
    this.summary = summary;
    this.keys = keys;
    this.traces = traces;
    this.words = words;
  }

  long number() {
    return number;
  }

  /** Null when there are no such items. */
  @Nullable Path file(Part part) {
    return files.get(part);
  }

  Map<Part, Path> files() {
    return files;
  }

  Summary summary() {
    return summary;
  }

  Map<String, KeyColumns> keys() {
    return keys;
  }

  KeyColumns columns(String key) {
    return keys.getOrDefault(key, KeyColumns.NONE);
  }

  TraceHashes traces() {
    return traces;
  }

  WordFile words() {
    return words;
  }
}
