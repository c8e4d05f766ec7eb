package io.onlooker.store.embedded;

import io.onlooker.Item;
import io.onlooker.store.Batch;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is in memory into segments. Spans that are still open stay in memory and stand again
 * at the head of the journal's next file, so that the files before it can go.
 */
final class Sealer {

  private static final Logger log = LoggerFactory.getLogger(Sealer.class);

  /** How many times the usual may wait in memory and in the journal before writers are held up. */
  private static final int FULL_AT = 3;

  /** How long to leave the disk alone after a seal failed; it is likely to be full. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final StoreConfig.Sealing when;
  private final InstantSource clock;
  private final DataFolder folder;
  private final Journal journal;
  private final HotTier hot;
  private final Sessions sessions;
  private final Catalog catalog;
  private final WritingEngine engine;
  private final TraceCopies copies;
  private final Garbage garbage = new Garbage();
  private final Pace pace = new Pace(System::nanoTime);
  private final SealPriority priority = new SealPriority();
  private long frozenJournal;
  private double frozenShare;
  private long frozenAge;
  private volatile long bytesKept;
  private volatile @Nullable Failure failure;

  private record Failure(StoreException cause, long nanos) {}

  Sealer(
      StoreConfig config,
      DataFolder folder,
      WritingEngine engine,
      TraceCopies copies,
      Journal journal,
      HotTier hot,
      Sessions sessions,
      Catalog catalog) {
    when = config.sealing();
    clock = config.clock();
    this.folder = folder;
    this.engine = engine;
    this.copies = copies;
    this.journal = journal;
    this.hot = hot;
    this.sessions = sessions;
    this.catalog = catalog;
  }

  /** Seals when one of the thresholds is passed. */
  void sealIfDue() {
    if (resting() == null && isDue()) {
      sealIfStillDue();
    }
  }

  /** Another seal may have been under way, and what came since is not due. */
  private synchronized void sealIfStillDue() {
    if (isDue()) {
      seal();
    }
  }

  private boolean isDue() {
    return hot.isFrozen() || waiting() >= 1 || hot.ageNanos() >= when.age().toNanos();
  }

  /** How much is not in a segment yet, as a share of what is usually sealed at once. */
  private double waiting() {
    return share(hot.newSpans(), journal.bytes() - bytesKept);
  }

  private double share(int spans, long bytes) {
    return Math.max((double) spans / when.spans(), (double) bytes / when.journalBytes());
  }

  /**
   * Waits when the seal falls behind, the longer the more these bring; waits for it, or helps with
   * it, when it has fallen far behind.
   *
   * @throws StoreException when sealing failed a moment ago, so that there is no room
   */
  void makeRoom(int items, int bytes) {
    double waiting = waiting();
    if (waiting >= FULL_AT) {
      sealIfFull();
    } else {
      LockSupport.parkNanos(pace.delay(share(items, bytes), waiting));
    }
  }

  private synchronized void sealIfFull() {
    Failure last = resting();
    if (last != null && isFull()) {
      throw new StoreException(
          Reason.FULL, "store: full, since " + last.cause().getMessage(), last.cause());
    }
    if (isFull()) {
      seal();
    }
  }

  private boolean isFull() {
    return waiting() >= FULL_AT;
  }

  private @Nullable Failure resting() {
    Failure last = failure;
    return last != null && System.nanoTime() - last.nanos() < REST_NANOS ? last : null;
  }

  /** Seals everything but open spans. What a failed attempt left behind is sealed first. */
  synchronized void seal() {
    try {
      sealAll();
      failure = null;
    } catch (StoreException e) {
      failure = new Failure(e, System.nanoTime());
      throw e;
    }
  }

  private void sealAll() {
    if (!hot.isFrozen() && !hot.isEmpty()) {
      frozenShare = waiting();
      frozenAge = hot.ageNanos();
      journal.turn(this::carried, this::freeze);
    }
    sessions.fold();
    if (hot.isFrozen()) {
      sealFrozen();
    }
  }

  private List<byte[]> carried() {
    Map<Integer, List<Item>> items = new HashMap<>();
    for (HotSpan span : hot.open(openSince())) {
      items.computeIfAbsent(span.trace().project(), _ -> new ArrayList<>()).add(span.data());
    }
    List<byte[]> records = new ArrayList<>();
    items.forEach(
        (project, open) -> records.add(new BatchWriter().write(new Batch(project, open))));
    return records;
  }

  private void freeze(long journalNumber) {
    frozenJournal = journalNumber;
    hot.freeze(openSince());
  }

  /** Spans that are open and began before this will hardly end any more. */
  private long openSince() {
    return clock.instant().minus(when.openFor()).toEpochMilli() * 1_000_000L;
  }

  private void sealFrozen() {
    long began = System.nanoTime();
    List<HotSpan> spans = hot.frozenSpans();
    List<Generation.Note> notes = hot.frozenNotes();
    try {
      Segment segment = spans.isEmpty() && notes.isEmpty() ? null : writtenByPriority(spans, notes);
      add(segment);
      hot.sealed(segment, spans);
      journal.forget(frozenJournal);
      bytesKept = journal.bytes();
      garbage.collectIfMuch();
      pace.sealed(frozenShare, System.nanoTime() - began);
    } catch (IOException e) {
      throw new StoreException(Reason.FULL, "segment: " + e.getMessage(), e);
    }
  }

  private Segment writtenByPriority(List<HotSpan> spans, List<Generation.Note> notes)
      throws IOException {
    return priority.isLow(frozenShare, frozenAge)
        ? LowPriority.run("onlooker-seal-aside", () -> written(spans, notes))
        : written(spans, notes);
  }

  private Segment written(List<HotSpan> spans, List<Generation.Note> notes) throws IOException {
    long number = catalog.nextNumber();
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long began = thread.getCurrentThreadCpuTime();
    try {
      Segment segment = new SegmentWriter(engine.get(), folder, number).write(spans, notes);
      copies.write(segment, spans);
      priority.sealed(frozenShare, thread.getCurrentThreadCpuTime() - began);
      return segment;
    } catch (IOException | RuntimeException e) {
      discard(number);
      throw e;
    }
  }

  private void add(@Nullable Segment segment) {
    try {
      catalog.add(segment, hot.view().superseded(), frozenJournal);
    } catch (StoreException e) {
      // Of other failures nobody knows whether the catalog names the segment by now.
      if (segment != null && e.reason() == Reason.FULL) {
        discard(segment.number());
      }
      throw e;
    }
  }

  /** Makes room again: the disk may be full, and a later attempt has another number. */
  private void discard(long number) {
    try {
      folder.discard(number);
    } catch (IOException e) {
      log.warn("segment {}: what was written of it could not be deleted", number, e);
    }
  }
}
