package io.onlooker.store.embedded;

import io.onlooker.Item;
import io.onlooker.store.Batch;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves what is in memory into segments. Spans that are still open stay in memory and stand again
 * at the head of the journal's next file, so that the files before it can go.
 */
final class Sealer {

  /** How many times the usual number of spans may wait in memory before writers are held up. */
  private static final int FULL_AT = 3;

  private final StoreConfig.Sealing when;
  private final InstantSource clock;
  private final DataFolder folder;
  private final Journal journal;
  private final HotTier hot;
  private final Sessions sessions;
  private final Catalog catalog;
  private final WritingEngine engine;
  private long frozenJournal;
  private volatile long bytesKept;

  Sealer(
      StoreConfig config,
      DataFolder folder,
      WritingEngine engine,
      Journal journal,
      HotTier hot,
      Sessions sessions,
      Catalog catalog) {
    when = config.sealing();
    clock = config.clock();
    this.folder = folder;
    this.engine = engine;
    this.journal = journal;
    this.hot = hot;
    this.sessions = sessions;
    this.catalog = catalog;
  }

  /** Seals when one of the thresholds is passed. */
  void sealIfDue() {
    if (hot.isFrozen()
        || hot.newSpans() >= when.spans()
        || journal.bytes() - bytesKept >= when.journalBytes()
        || hot.ageNanos() >= when.age().toNanos()) {
      seal();
    }
  }

  /** Waits for the seal, or helps with it, when it has fallen far behind. */
  void makeRoom() {
    if (isFull()) {
      sealIfFull();
    }
  }

  private synchronized void sealIfFull() {
    if (isFull()) {
      seal();
    }
  }

  private boolean isFull() {
    return hot.newSpans() >= FULL_AT * (long) when.spans();
  }

  /** Seals everything but open spans. What a failed attempt left behind is sealed first. */
  synchronized void seal() {
    if (!hot.isFrozen() && !hot.isEmpty()) {
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
    List<HotSpan> spans = hot.frozenSpans();
    List<Generation.Note> notes = hot.frozenNotes();
    try {
      Segment segment = null;
      if (!spans.isEmpty() || !notes.isEmpty()) {
        segment = new SegmentWriter(engine.get(), folder, catalog.nextNumber()).write(spans, notes);
      }
      catalog.add(segment, hot.view().superseded(), frozenJournal);
      hot.sealed(segment, spans);
      journal.forget(frozenJournal);
      bytesKept = journal.bytes();
    } catch (IOException e) {
      throw new StoreException(Reason.FULL, "segment: " + e.getMessage(), e);
    }
  }
}
