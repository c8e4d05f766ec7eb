package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.Slots.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Items in memory: those that are not sealed, and the spans of traces that were lately active. Each
 * span counts once, whether its revisions meet here or one is sealed already.
 */
final class HotTier {

  private static final int KEPT_SPANS = 20_000;

  /** How many spans or traces are looked at in one go while nobody else may. */
  private static final int PART = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanoTime;
  private final Map<TraceKey, Trace> traces = new HashMap<>();
  private final Set<Trace> dirty = new LinkedHashSet<>();
  private final Set<Trace> unread = new LinkedHashSet<>();

  /** What no longer counts from the next view on. */
  private final Map<Segment, Set<View.SpanKey>> superseding = new HashMap<>();

  /** Of traces that are new from now on, the catalog knows nothing. */
  private boolean replayed;

  /** Errors that came since the last time somebody took them. */
  private List<Generation.Note> freshErrors = new ArrayList<>();

  private Generation active = new Generation();
  private volatile @Nullable Generation frozen;
  private long oldest;
  private int carried;
  private volatile View view;

  /**
   * @param nanoTime of a clock that only runs forward
   */
  HotTier(View sealed, LongSupplier nanoTime) {
    view = sealed;
    this.nanoTime = nanoTime;
  }

  /** All spans as a query that begins now must see them. */
  View view() {
    return view;
  }

  /** The journal is read: what comes now was never folded before. Called before other threads. */
  void begin() {
    replayed = true;
  }

  /** Takes a batch in; queries that begin later see all of it. */
  void apply(Batch batch) {
    locked(() -> {
      if (active.isEmpty()) {
        oldest = nanoTime.getAsLong();
      }
      batch.items().forEach(item -> take(batch.project(), item));
      publish();
      return null;
    });
  }

  private void take(int project, Item item) {
    switch (item) {
      case SpanData span -> take(Ids.trace(project, span.traceId()), span);
      case LogData log ->
          active.add(new Generation.Note(project, key(project, log.traceId()), log));
      case ErrorData error -> {
        Generation.Note note = new Generation.Note(project, key(project, error.traceId()), error);
        active.add(note);
        freshErrors.add(note);
      }
    }
  }

  private static @Nullable TraceKey key(int project, @Nullable String traceId) {
    return traceId == null ? null : Ids.trace(project, traceId);
  }

  private void take(TraceKey key, SpanData data) {
    Trace trace = traces.computeIfAbsent(key, this::known);
    HotSpan span = HotSpan.of(trace.key(), data);
    Slot slot = trace.slot(span.spanId());
    if (slot != null && !span.supersedes(slot.span())) {
      return;
    }
    if (trace.soil(nanoTime.getAsLong())) {
      dirty.add(trace);
    }
    if (slot != null && slot.generation() == active) {
      active.replace(slot.row(), span);
      trace.put(new Slot(span, active, slot.row(), null));
      return;
    }
    if (slot != null) {
      withdraw(slot);
    }
    trace.put(new Slot(span, active, active.add(span), null));
  }

  private Trace known(TraceKey key) {
    List<Segment> segments = view.segmentsOf(key);
    Trace trace = new Trace(key, segments, !replayed || !segments.isEmpty());
    if (!trace.unread().isEmpty()) {
      unread.add(trace);
    }
    return trace;
  }

  /** A later revision counts instead of this one. */
  private void withdraw(Slot slot) {
    if (slot.generation() != null) {
      slot.generation().remove(slot.row());
    }
    if (slot.segment() != null) {
      supersede(slot.segment(), slot.span());
    }
  }

  private void supersede(Segment segment, HotSpan span) {
    superseding
        .computeIfAbsent(segment, _ -> new HashSet<>(view.superseded(segment)))
        .add(span.key());
  }

  private void publish() {
    List<Rows> hot = generations().stream().map(Generation::rows).toList();
    Map<Segment, Set<View.SpanKey>> superseded = view.superseded();
    if (!superseding.isEmpty()) {
      superseded = new HashMap<>(superseded);
      superseded.putAll(superseding);
      superseding.clear();
    }
    view = new View(hot, view.segments(), superseded);
  }

  private List<Generation> generations() {
    Generation before = frozen;
    return before == null ? List.of(active) : List.of(before, active);
  }

  /** The spans of a trace when memory knows them all, or null. */
  @Nullable List<HotSpan> spans(TraceKey key) {
    return locked(() -> {
      Trace trace = traces.get(key);
      return trace == null || !trace.unread().isEmpty() ? null : trace.spans();
    });
  }

  /**
   * What memory says of one span.
   *
   * @param span the revision that counts, or null when there is no such span
   */
  record Known(@Nullable HotSpan span) {}

  /** The span, or null when memory cannot tell because it does not know the whole trace. */
  @Nullable Known known(View.SpanKey key) {
    return locked(() -> {
      Trace trace = traces.get(key.trace());
      if (trace == null || !trace.unread().isEmpty()) {
        return null;
      }
      Slot slot = trace.slot(key.spanId());
      return new Known(slot == null ? null : slot.span());
    });
  }

  /** The revisions that count of those of the spans that memory knows. */
  Map<View.SpanKey, SpanData> spans(List<View.SpanKey> keys) {
    return locked(() -> {
      Map<View.SpanKey, SpanData> known = new HashMap<>();
      for (View.SpanKey key : keys) {
        Trace trace = traces.get(key.trace());
        Slot slot = trace == null ? null : trace.slot(key.spanId());
        if (slot != null) {
          known.put(key, slot.span().data());
        }
      }
      return known;
    });
  }

  /** The log lines and errors of a trace that are in memory. */
  List<Item> notes(TraceKey key) {
    return locked(() -> {
      List<Item> notes = new ArrayList<>();
      generations().forEach(generation -> notes.addAll(generation.notes(key)));
      return notes;
    });
  }

  /** All spans, each once; null while there are {@link #unread} traces. */
  @Nullable View viewIfRead() {
    return locked(() -> unread.isEmpty() ? view : null);
  }

  /** Traces some of whose spans may be sealed, with revisions that memory has not compared. */
  Collection<Trace> unread() {
    return locked(() -> List.copyOf(unread));
  }

  /**
   * Compares what segments hold of a trace with what came since.
   *
   * @param sealed all spans of the trace in the segments it named as unread
   */
  void read(Trace trace, Map<Segment, List<HotSpan>> sealed) {
    locked(() -> {
      sealed.forEach((segment, spans) -> spans.forEach(span -> read(trace, segment, span)));
      trace.read();
      unread.remove(trace);
      publish();
      return null;
    });
  }

  private void read(Trace trace, Segment segment, HotSpan sealed) {
    Slot slot = trace.slot(sealed.spanId());
    if (slot == null) {
      trace.put(new Slot(sealed, null, 0, segment));
    } else if (slot.generation() != null && !slot.span().supersedes(sealed)) {
      withdraw(slot);
      trace.put(new Slot(sealed, null, 0, segment));
    } else {
      supersede(segment, sealed);
    }
  }

  /**
   * A trace whose sessions must be folded again.
   *
   * @param spans all its spans
   * @param told whether the catalog may hold rows of it
   */
  record Dirty(List<HotSpan> spans, boolean told) {}

  /** Takes the traces whose sessions must be folded again. */
  Map<TraceKey, Dirty> takeDirty() {
    return locked(() -> {
      Map<TraceKey, Dirty> taken = new HashMap<>();
      for (Trace trace : dirty) {
        trace.clean();
        taken.put(trace.key(), new Dirty(trace.spans(), trace.told()));
      }
      dirty.clear();
      return taken;
    });
  }

  /** The catalog has rows of these traces. */
  void told(Collection<TraceKey> keys) {
    locked(() -> {
      for (TraceKey key : keys) {
        Trace trace = traces.get(key);
        if (trace != null) {
          trace.tell();
        }
      }
      return null;
    });
  }

  /** Takes the errors that came since the last call. */
  List<Generation.Note> takeErrors() {
    return locked(() -> {
      List<Generation.Note> taken = freshErrors;
      freshErrors = new ArrayList<>();
      return taken;
    });
  }

  void giveBack(List<Generation.Note> errors) {
    locked(() -> {
      freshErrors.addAll(errors);
      return null;
    });
  }

  /** Log lines that are not sealed, in no order. */
  List<Generation.Note> logs(int project) {
    return locked(() -> {
      List<Generation.Note> notes = new ArrayList<>();
      generations().forEach(generation -> notes.addAll(generation.notes()));
      notes.removeIf(note -> note.project() != project || !(note.item() instanceof LogData));
      return notes;
    });
  }

  /** Notes that the sessions of these traces could not be folded. */
  void giveBack(Collection<TraceKey> keys) {
    locked(() -> {
      for (TraceKey key : keys) {
        Trace trace = traces.get(key);
        if (trace != null && trace.soil(trace.touched())) {
          dirty.add(trace);
        }
      }
      return null;
    });
  }

  /**
   * Spans that are not sealed though memory is full.
   *
   * @param since those that began earlier are sealed as they are
   */
  List<HotSpan> open(long since) {
    return locked(() -> active.open().filter(span -> stays(span, since)).toList());
  }

  private static boolean stays(HotSpan span, long since) {
    return span.data().startNanos() >= since;
  }

  /** Sets everything apart to be sealed but the spans that are {@link #open}. */
  void freeze(long since) {
    locked(() -> {
      Generation before = active;
      Generation next = new Generation();
      for (int row : before.openRows()) {
        HotSpan span = before.at(row);
        if (stays(span, since)) {
          before.remove(row);
          slot(span, new Slot(span, next, next.add(span), null));
        }
      }
      frozen = before;
      active = next;
      carried = next.spans();
      oldest = nanoTime.getAsLong();
      publish();
      return null;
    });
  }

  private void slot(HotSpan span, Slot slot) {
    Trace trace = traces.get(span.trace());
    if (trace != null) {
      trace.put(slot);
    }
  }

  boolean isFrozen() {
    return frozen != null;
  }

  /** What is frozen and still counts. */
  List<HotSpan> frozenSpans() {
    return locked(() -> frozen().rows()).spans().toList();
  }

  List<Generation.Note> frozenNotes() {
    return locked(() -> frozen().notes());
  }

  private Generation frozen() {
    return requireNonNull(frozen, "frozen");
  }

  /**
   * What was frozen stands in the segment from now on.
   *
   * @param written spans of the segment; those that were taken back meanwhile no longer count
   */
  void sealed(@Nullable Segment segment, List<HotSpan> written) {
    if (segment != null) {
      inParts(written, span -> standInBoth(segment, span));
    }
    Generation before = frozen();
    locked(() -> {
      frozen = null;
      if (segment != null) {
        List<Segment> segments = new ArrayList<>(view.segments());
        segments.add(segment);
        view = new View(view.hot(), List.copyOf(segments), view.superseded());
      }
      publish();
      return null;
    });
    inParts(written, span -> standInSegment(before, span));
    forgetQuiet();
  }

  /** A batch that arrives meanwhile waits for some of them, not for all. */
  private <T> void inParts(List<T> all, Consumer<T> action) {
    for (int from = 0; from < all.size(); from += PART) {
      List<T> part = all.subList(from, Math.min(from + PART, all.size()));
      locked(() -> {
        part.forEach(action);
        return null;
      });
    }
  }

  /** While queries still see memory's row; a later revision takes back both. */
  private void standInBoth(Segment segment, HotSpan span) {
    Trace trace = traces.get(span.trace());
    Slot slot = trace == null ? null : trace.slot(span.spanId());
    if (trace != null && slot != null && slot.generation() == frozen) {
      slot.standIn(segment);
    } else {
      supersede(segment, span);
    }
  }

  /** Lets go of memory's row. */
  private void standInSegment(Generation before, HotSpan span) {
    Trace trace = traces.get(span.trace());
    if (trace != null) {
      trace.leave(before, span.spanId());
    }
  }

  /**
   * A segment stands in place of others from now on.
   *
   * @param left spans of the inputs that the output does not have, since they no longer counted
   */
  void replace(List<Segment> inputs, @Nullable Segment output, Set<View.SpanKey> left) {
    locked(() -> {
      view = view.replacing(inputs, output, left);
      Set<Segment> gone = Set.copyOf(inputs);
      for (Trace trace : traces.values()) {
        trace.replace(gone, output);
        if (trace.unread().isEmpty()) {
          unread.remove(trace);
        }
      }
      return null;
    });
  }

  /** Forgets traces that are sealed whole, but for those that are likely to go on. */
  private void forgetQuiet() {
    QuietTraces quiet = new QuietTraces();
    inParts(locked(() -> List.copyOf(traces.values())), quiet::offer);
    inParts(quiet.beyond(KEPT_SPANS), this::forget);
  }

  private void forget(Trace trace) {
    if (trace.isSealed()) {
      traces.remove(trace.key());
    }
  }

  /** Spans that are not sealed. */
  int spans() {
    return locked(() -> generations().stream().mapToInt(Generation::spans).sum());
  }

  /** Spans that came since the last freeze. */
  int newSpans() {
    return locked(() -> active.spans() - carried);
  }

  boolean isEmpty() {
    return locked(active::isEmpty);
  }

  /** How long the oldest item of the active generation has been there. */
  long ageNanos() {
    return locked(() -> active.isEmpty() ? 0 : nanoTime.getAsLong() - oldest);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
