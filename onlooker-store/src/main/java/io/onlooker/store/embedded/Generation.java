package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items of memory that will be sealed together. Guarded by the lock of {@link HotTier}; what
 * queries see of it are {@link Rows}, which never lose a row they have.
 */
final class Generation {

  private @Nullable HotSpan[] array = new HotSpan[1024];
  private int size;
  private int removed;
  private boolean shared;
  private final BitSet open = new BitSet();
  private Set<String> lists = Set.of();
  private StartBounds bounds = StartBounds.NONE;
  private final List<Note> notes = new ArrayList<>();
  private final Map<TraceKey, List<Item>> notesByTrace = new HashMap<>();

  /** A log line or error of a project. */
  record Note(int project, @Nullable TraceKey trace, Item item) {

    long timeNanos() {
      return switch (item) {
        case LogData log -> log.timeNanos();
        case ErrorData error -> error.timeNanos();
        case SpanData span -> throw new IllegalStateException("note: " + span);
      };
    }
  }

  int add(HotSpan span) {
    if (size == array.length) {
      array = Arrays.copyOf(array, size * 2);
      shared = false;
    }
    set(size, span);
    return size++;
  }

  /** Puts a later revision of the same span into its place; a query may see either. */
  void replace(int index, HotSpan later) {
    set(index, later);
  }

  private void set(int index, HotSpan span) {
    array[index] = span;
    open.set(index, span.data().open());
    bounds = bounds.with(index, span.data().startNanos());
    findLists(span);
  }

  private void findLists(HotSpan span) {
    span.data()
        .attributes()
        .forEach((key, value) -> {
          if (value instanceof List<?> && !lists.contains(key)) {
            Set<String> more = new HashSet<>(lists);
            more.add(key);
            lists = Collections.unmodifiableSet(more);
          }
        });
  }

  /** Takes a row out for queries that begin from now on. */
  void remove(int index) {
    if (shared) {
      array = array.clone();
      shared = false;
    }
    array[index] = null;
    open.clear(index);
    removed++;
  }

  HotSpan at(int row) {
    return requireNonNull(array[row], "row");
  }

  /** The spans that have not ended. */
  Stream<HotSpan> open() {
    return open.stream().mapToObj(this::at);
  }

  int[] openRows() {
    return open.stream().toArray();
  }

  void add(Note note) {
    notes.add(note);
    if (note.trace() != null) {
      notesByTrace.computeIfAbsent(note.trace(), _ -> new ArrayList<>()).add(note.item());
    }
  }

  Rows rows() {
    shared = true;
    return new Rows(array, size, lists, bounds);
  }

  int spans() {
    return size - removed;
  }

  List<Note> notes() {
    return notes;
  }

  List<Item> notes(TraceKey trace) {
    return notesByTrace.getOrDefault(trace, List.of());
  }

  boolean isEmpty() {
    return size == 0 && notes.isEmpty();
  }
}
