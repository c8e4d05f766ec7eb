package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.store.AttributeCatalog;
import io.onlooker.store.AttributeQuery;
import io.onlooker.store.AttributeSample;
import io.onlooker.store.Batch;
import io.onlooker.store.Edit;
import io.onlooker.store.Filter;
import io.onlooker.store.LogPage;
import io.onlooker.store.LogQuery;
import io.onlooker.store.Query;
import io.onlooker.store.QueryPlan;
import io.onlooker.store.Result;
import io.onlooker.store.Scores;
import io.onlooker.store.Session;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import io.onlooker.store.StoreStats;
import io.onlooker.store.TraceNotes;
import io.onlooker.store.issue.Issues;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in this process, whose files one folder holds. */
public final class EmbeddedStore implements Store {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final Duration FOLD_EVERY = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_SEALING_EVERY = Duration.ofMillis(250);

  /** Each uses all processors already; more of them would only take memory from each other. */
  private static final int QUESTIONS_AT_ONCE = 2;

  /** How many times what batches leave free of the disk: copies go before batches are refused. */
  private static final int COPIES_LEAVE = 4;

  private final Gate gate = new Gate();
  private final Edits edits = new Edits(gate);
  private final DataFolder folder;
  private final Engine engine;
  private final Turns turns;
  private final Database database;
  private final Reserve reserve;
  private final Journal journal;
  private final HotTier hot;
  private final TraceCopies copies;
  private final SpanLoader loader;
  private final Overlap overlap;
  private final Notes notes;
  private final Sessions sessions;
  private final LogSearch logs;
  private final Issues issues;
  private final Scores scores;
  private final WritingEngine writing;
  private final Sealer sealer;
  private final Kept kept;
  private final Upkeep upkeep;
  private final CostNotes costs;
  private final Repeater folding;
  private final Repeater sealing;
  private final Repeater keeping;
  private final long damagedLogBytes;

  private EmbeddedStore(StoreConfig config, DataFolder folder) throws IOException {
    this.folder = folder;
    int threads = Runtime.getRuntime().availableProcessors();
    kept = new Kept(config.retention(), config.clock());
    engine = new Engine(config.limits(), threads, folder.spill(), Engine.Reading.OFTEN);
    turns = new Turns(QUESTIONS_AT_ONCE, config.limits().queryTime());
    database = new Database(folder.catalog());
    Catalog catalog = new Catalog(database, folder);
    hot = new HotTier(catalog.open(), System::nanoTime);
    damagedLogBytes =
        Journal.replay(
            folder.journal(),
            catalog.sealedJournal(),
            record -> hot.apply(new BatchReader(record).read()));
    hot.begin();
    reserve = new Reserve(folder.journal(), config.reserveBytes(), System::nanoTime);
    journal = new Journal(folder.journal(), catalog.sealedJournal());
    copies = new TraceCopies(folder, config.copyBytes(), COPIES_LEAVE * config.reserveBytes());
    loader = new SpanLoader(hot, engine, copies);
    overlap = new Overlap(hot, loader);
    notes = new Notes(hot, engine, kept);
    sessions =
        new Sessions(hot, overlap, database, kept, config.clock(), new Rush(System::nanoTime));
    logs = new LogSearch(hot, engine, kept);
    issues = new IssueSearch(sessions, database, kept, config.clock(), gate);
    scores = new ScoreTable(database, gate);
    writing = new WritingEngine(folder.spill());
    sealer = new Sealer(config, folder, writing, copies, journal, hot, sessions, catalog);
    SegmentSwap swap = new SegmentSwap(sealer, overlap, hot, catalog);
    upkeep = new Upkeep(config, kept, folder, writing, copies, swap, hot, catalog, gate);
    costs = new CostNotes(sessions, loader, overlap, this::edit);
    folding = new Repeater("onlooker-fold", FOLD_EVERY, () -> track(this::fold));
    sealing = new Repeater("onlooker-seal", LOOK_FOR_SEALING_EVERY, () -> track(sealer::sealIfDue));
    keeping = new Repeater("onlooker-upkeep", config.merging().every(), upkeep::run);
  }

  private void fold() {
    sessions.foldBeside();
    costs.correct();
  }

  private void track(Runnable work) {
    gate.track(() -> {
      work.run();
      return null;
    });
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

  @Override
  public void append(Batch batch) {
    gate.pass(() -> {
      edits.append(batch, () -> keep(batch));
      return null;
    });
  }

  @Override
  public Edit edit(int project) {
    return gate.pass(() -> edits.begin(project, this::keep));
  }

  private void keep(Batch batch) {
    if (batch.items().isEmpty()) {
      return;
    }
    reserve.check();
    BatchWriter writer = new BatchWriter();
    byte[] record = writer.write(batch);
    sealer.makeRoom(batch.items().size(), record.length);
    Batch kept = writer.wellFormed() ? batch : new BatchReader(record).read();
    journal.append(record, () -> hot.apply(kept));
  }

  @Override
  public Result aggregate(Query query) {
    LongFunction<Result> question =
        began -> {
          try (EngineQuery run = engine.query(began)) {
            return new AggregateRun(query, overlap.settledView(), kept, run).result();
          }
        };
    return gate.pass(() ->
        AggregateRun.keepsMany(query, hot.view(), kept)
            ? turns.takeAll(question)
            : turns.take(question));
  }

  /** For what may read many files; what is known by its id is answered without a turn. */
  private <T> T ask(LongFunction<T> question) {
    return gate.pass(() -> turns.take(question));
  }

  @Override
  public QueryPlan plan(Query query) {
    return gate.pass(() -> {
      View view = hot.view();
      Range range = kept.of(Range.of(query.project(), query.from(), query.to()));
      List<Segment> read = new SpanRelation(view, range, query.filter()).segments();
      return new QueryPlan(
          hot.spans(),
          view.segments().size(),
          read.size(),
          read.stream().mapToLong(segment -> segment.summary().spans()).sum(),
          read.stream().mapToLong(segment -> segment.summary().bytes()).sum());
    });
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    return ask(began -> page(query, found(query, began)));
  }

  @Override
  public AttributeCatalog attributes(AttributeQuery query) {
    AttributeSample sample = new AttributeSample();
    SpanQuery newest =
        new SpanQuery(
            query.project(), Filter.ALL, query.from(), query.to(), AttributeSample.SPANS, null);
    spans(newest).spans().forEach(sample::add);
    KnownKeys.of(hot.view(), kept.of(Range.of(query.project(), query.from(), query.to())))
        .forEach(sample::addKnown);
    return sample.catalog(query.contains(), query.limit());
  }

  private List<SpanCursor> found(SpanQuery query, long began) {
    try (EngineQuery run = engine.query(began)) {
      return SpanSearch.find(query, overlap.settledView(), kept, run);
    }
  }

  private SpanPage page(SpanQuery query, List<SpanCursor> found) {
    if (found.size() <= query.limit()) {
      return new SpanPage(loader.spans(query.project(), found, query.filter()), null);
    }
    List<SpanCursor> shown = found.subList(0, query.limit());
    return new SpanPage(
        loader.spans(query.project(), shown, query.filter()), shown.getLast().toString());
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    TraceKey key = Ids.trace(project, traceId);
    return gate.pass(() -> {
      overlap.settle();
      return loader.trace(key).stream()
          .map(HotSpan::data)
          .filter(span -> span.startNanos() >= kept.since(project))
          .sorted(Comparator.comparingLong(SpanData::startNanos).thenComparing(SpanData::spanId))
          .toList();
    });
  }

  @Override
  public @Nullable SpanData span(int project, String traceId, String spanId) {
    View.SpanKey key = new View.SpanKey(Ids.trace(project, traceId), Ids.span("spanId", spanId));
    return gate.<@Nullable SpanData>pass(() -> {
      overlap.settle();
      return loader.span(key);
    });
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    return gate.pass(() -> sessions.find(query));
  }

  @Override
  public int countSessions(SessionQuery query, int atMost) {
    return gate.pass(() -> sessions.count(query, atMost));
  }

  @Override
  public @Nullable Session session(int project, String id) {
    return gate.<@Nullable Session>pass(() -> sessions.find(project, id));
  }

  @Override
  public SessionGroupPage sessionGroups(SessionGroupQuery query) {
    return gate.pass(() -> sessions.groups(query));
  }

  @Override
  public LogPage logs(LogQuery query) {
    return ask(began -> logs.find(query, began));
  }

  @Override
  public List<LogPage.Count> logCounts(LogQuery query, Duration step) {
    return ask(began -> logs.counts(query, step, began));
  }

  @Override
  public Issues issues() {
    return issues;
  }

  @Override
  public Scores scores() {
    return scores;
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    TraceKey key = Ids.trace(project, traceId);
    return gate.pass(() -> notes.of(key));
  }

  @Override
  public StoreStats stats() {
    return gate.pass(() -> {
      View view = hot.view();
      int hotSpans = hot.spans();
      return new StoreStats(
          view.sealedSpans() + hotSpans,
          hotSpans,
          view.segments().size(),
          view.segments().stream().mapToLong(segment -> segment.summary().bytes()).sum(),
          journal.bytes(),
          damagedLogBytes,
          copies.bytes(view),
          upkeep.done());
    });
  }

  /** Moves everything but open spans into a segment, without waiting for its time. */
  void seal() {
    gate.pass(() -> {
      sealer.seal();
      return null;
    });
  }

  /** Merges and deletes what is due, without waiting for its time. */
  void keepUp() {
    upkeep.run();
  }

  /** What cannot be folded now is folded after the next start: the journal still holds it. */
  private void foldTheRest() {
    try {
      sessions.fold();
    } catch (StoreException e) {
      log.warn("sessions are not up to date; the next start brings them there", e);
    }
  }

  @Override
  public void close() {
    if (!gate.close()) {
      return;
    }
    keeping.cancel();
    sealing.close();
    folding.close();
    journal.close();
    foldTheRest();
    writing.close();
    engine.close();
    database.close();
    folder.close();
  }
}
