package io.onlooker.store.embedded;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import io.onlooker.store.StoreStats;
import io.onlooker.store.TraceNotes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in this process, whose files one folder holds. */
public final class EmbeddedStore implements Store {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int FOLD_EVERY_MILLIS = 200;

  private final DataFolder folder;
  private final Engine engine;
  private final Database database;
  private final Journal journal;
  private final HotTier hot;
  private final Overlap overlap;
  private final Sessions sessions;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("onlooker-fold").daemon().factory());
  private final ScheduledFuture<?> folding;
  private final long damagedLogBytes;
  private volatile boolean closed;

  private EmbeddedStore(StoreConfig config, DataFolder folder) throws IOException {
    this.folder = folder;
    engine =
        new Engine(config.limits(), Runtime.getRuntime().availableProcessors(), folder.spill());
    database = new Database(folder.catalog());
    hot = new HotTier(new View(List.of(Rows.of(List.of())), List.of(), Map.of()), System::nanoTime);
    damagedLogBytes =
        Journal.replay(folder.journal(), 0, record -> hot.apply(new BatchReader(record).read()));
    journal = new Journal(folder.journal());
    overlap = new Overlap(hot, engine);
    sessions = new Sessions(hot, overlap, new SessionTable(database), config.clock());
    folding =
        background.scheduleWithFixedDelay(
            this::fold, FOLD_EVERY_MILLIS, FOLD_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the store of a folder, or begins one. Everything that was acknowledged before is there.
   *
   * @throws StoreException when the folder cannot be used or another process uses it
   */
  public static EmbeddedStore open(StoreConfig config) {
    try {
      DataFolder folder = DataFolder.open(config.folder());
      try {
        return new EmbeddedStore(config, folder);
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(Reason.BROKEN, config.folder() + ": " + e.getMessage(), e);
    }
  }

  private void fold() {
    try {
      sessions.fold();
    } catch (RuntimeException e) {
      log.error("sessions could not be brought up to date; tried again soon", e);
    }
  }

  @Override
  public void append(Batch batch) {
    checkOpen();
    if (batch.items().isEmpty()) {
      return;
    }
    BatchWriter writer = new BatchWriter();
    byte[] record = writer.write(batch);
    Batch kept = writer.wellFormed() ? batch : new BatchReader(record).read();
    journal.append(record, () -> hot.apply(kept));
  }

  @Override
  public Result aggregate(Query query) {
    checkOpen();
    overlap.settle();
    try (EngineQuery run = engine.query()) {
      return new AggregateRun(query, hot.view(), run).result();
    }
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    checkOpen();
    overlap.settle();
    List<SpanCursor> found;
    try (EngineQuery run = engine.query()) {
      found = SpanSearch.find(query, hot.view(), run);
    }
    boolean more = found.size() > query.limit();
    List<SpanCursor> shown = more ? found.subList(0, query.limit()) : found;
    return new SpanPage(load(query.project(), shown), more ? shown.getLast().toString() : null);
  }

  private List<SpanData> load(int project, List<SpanCursor> wanted) {
    Map<TraceKey, Map<Long, SpanData>> traces = new HashMap<>();
    List<SpanData> spans = new ArrayList<>();
    for (SpanCursor one : wanted) {
      TraceKey key = new TraceKey(project, one.traceHigh(), one.traceLow());
      SpanData span = traces.computeIfAbsent(key, this::byId).get(one.spanId());
      if (span != null) {
        spans.add(span);
      }
    }
    return spans;
  }

  private Map<Long, SpanData> byId(TraceKey key) {
    Map<Long, SpanData> spans = new HashMap<>();
    spansOf(key).forEach(span -> spans.put(span.spanId(), span.data()));
    return spans;
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    checkOpen();
    overlap.settle();
    return spansOf(Ids.trace(project, traceId)).stream()
        .map(HotSpan::data)
        .sorted(Comparator.comparingLong(SpanData::startNanos).thenComparing(SpanData::spanId))
        .toList();
  }

  private List<HotSpan> spansOf(TraceKey key) {
    List<HotSpan> known = hot.spans(key);
    if (known != null) {
      return known;
    }
    View view = hot.view();
    List<HotSpan> spans = new ArrayList<>();
    view.segmentsOf(key)
        .forEach(segment -> spans.addAll(overlap.spans(view, segment, List.of(key))));
    return spans;
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    checkOpen();
    return sessions.find(query);
  }

  @Override
  public @Nullable Session session(int project, String id) {
    checkOpen();
    return sessions.find(project, id);
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    checkOpen();
    List<LogData> logs = new ArrayList<>();
    List<ErrorData> errors = new ArrayList<>();
    for (Item item : hot.notes(Ids.trace(project, traceId))) {
      switch (item) {
        case LogData line -> logs.add(line);
        case ErrorData error -> errors.add(error);
        case SpanData span -> throw new IllegalStateException("note: " + span);
      }
    }
    logs.sort(Comparator.comparingLong(LogData::timeNanos));
    errors.sort(Comparator.comparingLong(ErrorData::timeNanos));
    return new TraceNotes(logs, errors);
  }

  @Override
  public StoreStats stats() {
    checkOpen();
    int hotSpans = hot.spans();
    return new StoreStats(hotSpans, hotSpans, 0, 0, journal.bytes(), damagedLogBytes);
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException(Reason.CLOSED, "store: closed (expected: open)", null);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    folding.cancel(false);
    background.shutdown();
    journal.close();
    fold();
    engine.close();
    database.close();
    folder.close();
  }
}
