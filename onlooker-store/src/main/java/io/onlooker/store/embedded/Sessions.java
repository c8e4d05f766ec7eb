package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.store.Session;
import io.onlooker.store.SessionFold;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.StoreException;
import io.onlooker.store.issue.FailureFold;
import io.onlooker.store.span.RepeatedCalls;
import io.onlooker.store.span.RunTree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions of every trace up to date with its spans. Folding happens beside the appends:
 * several times a second, and before each read for what is still to be done.
 */
final class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private final HotTier hot;
  private final Overlap overlap;
  private final Database database;
  private final SessionTable table;
  private final SessionSearch search;
  private final Kept kept;
  private final InstantSource clock;
  private final Rush rush;

  /** Traces that have spans which the cost of a call is noted on once more. */
  private final Set<TraceKey> misnoted = new HashSet<>();

  Sessions(
      HotTier hot, Overlap overlap, Database database, Kept kept, InstantSource clock, Rush rush) {
    this.hot = hot;
    this.overlap = overlap;
    this.database = database;
    this.table = new SessionTable(database);
    this.search = new SessionSearch(table);
    this.kept = kept;
    this.clock = clock;
    this.rush = rush;
  }

  /** Folds what changed since the last time; done several times a second, whoever reads or not. */
  void foldBeside() {
    rush.watch(this::fold);
  }

  /** Folds before a read what the caller may have appended, but not in a rush. */
  void catchUp() {
    if (!rush.lasts()) {
      fold();
    }
  }

  /** Folds what changed since the last time, and says how many traces that were. */
  synchronized int fold() {
    overlap.settle();
    Map<TraceKey, HotTier.Dirty> dirty = hot.takeDirty();
    List<Generation.Note> errors = hot.takeErrors();
    if (dirty.isEmpty() && errors.isEmpty()) {
      return 0;
    }
    try {
      write(fold(dirty), errors);
      return dirty.size();
    } catch (RuntimeException e) {
      hot.giveBack(dirty.keySet());
      hot.giveBack(errors);
      throw e;
    }
  }

  /** Traces of which there is nothing to say, and never was, are left out. */
  private Map<TraceKey, SessionTable.OfTrace> fold(Map<TraceKey, HotTier.Dirty> dirty) {
    Map<TraceKey, SessionTable.OfTrace> folded = new HashMap<>();
    dirty.forEach((trace, taken) -> {
      SessionTable.OfTrace told = fold(trace, taken.spans());
      if (taken.told() || !told.isEmpty()) {
        folded.put(trace, told);
      }
    });
    return folded;
  }

  private void write(Map<TraceKey, SessionTable.OfTrace> folded, List<Generation.Note> errors) {
    if (folded.isEmpty() && errors.isEmpty()) {
      return;
    }
    database.writeDerived(connection -> {
      SessionTable.replace(connection, folded);
      try (Statements statements = new Statements(connection)) {
        new IssueTable(statements).replace(folded, errors);
      }
    });
    hot.told(folded.keySet());
  }

  private SessionTable.OfTrace fold(TraceKey trace, List<HotSpan> spans) {
    List<SpanData> data = spans.stream().map(HotSpan::data).toList();
    long news = data.stream().mapToLong(Sessions::latest).max().orElse(Long.MIN_VALUE);
    List<Session> sessions = sessions(trace, data);
    return new SessionTable.OfTrace(
        sessions, news, FailureFold.fold(data, sessions), RunFacts.of(data, sessions));
  }

  /** Traces in which costs must be put right, each told once for each change of it. */
  synchronized List<TraceKey> takeMisnoted() {
    List<TraceKey> taken = List.copyOf(misnoted);
    misnoted.clear();
    return taken;
  }

  private List<Session> sessions(TraceKey trace, List<SpanData> spans) {
    try {
      RunTree tree = SessionFold.tree(spans);
      if (tree == null) {
        return List.of();
      }
      if (RepeatedCalls.misnoted(tree)) {
        misnoted.add(trace);
      }
      return SessionFold.fold(trace.project(), tree, nowNanos());
    } catch (RuntimeException e) {
      log.error("trace {}: its sessions could not be derived", trace.id(), e);
      return List.of();
    }
  }

  private static long latest(SpanData span) {
    long ended = Math.max(span.startNanos(), span.endNanos());
    return span.events().stream().mapToLong(SpanEvent::timeNanos).reduce(ended, Math::max);
  }

  /** A disk that is full keeps nobody from reading what was folded before. */
  private void ifPossible(Runnable fold) {
    try {
      fold.run();
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.FULL) {
        throw e;
      }
      log.warn("sessions are shown as they were before the disk was full: {}", e.getMessage());
    }
  }

  /** How many there are, counted to this number and no further. */
  int count(SessionQuery query, int atMost) {
    ifPossible(this::catchUp);
    return search.count(query, range(query), nowNanos(), atMost);
  }

  SessionPage find(SessionQuery query) {
    ifPossible(this::catchUp);
    return search.find(query, range(query), nowNanos());
  }

  private Range range(SessionQuery query) {
    return kept.of(Range.of(query.project(), query.from(), query.to()));
  }

  /** Groups of sessions, those of spans appended a moment ago among them. */
  SessionGroupPage groups(SessionGroupQuery query) {
    ifPossible(this::catchUp);
    Range range = kept.of(Range.of(query.project(), query.from(), query.to()));
    Sql condition = new SessionFilterSql(nowNanos()).condition(query.filter());
    return new SessionGroups(database).find(query, range, condition);
  }

  /** One session, with all that was appended of it. */
  @Nullable Session find(int project, String id) {
    ifPossible(this::fold);
    Sql sql = Sql.of("project = ").bind(project).add(" AND id = ").bind(id);
    sql.add(" AND start >= ").bind(kept.since(project));
    List<Session> found = table.find(sql.add(" ORDER BY start DESC LIMIT 1"), nowNanos());
    return found.isEmpty() ? null : found.getFirst();
  }

  private long nowNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
