package io.onlooker.server.ingest;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.ingest.SessionCall.Change;
import io.onlooker.server.ingest.SessionCall.Event;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings calls of the sessions API together with what the store knows, and keeps the result. Calls
 * about one session take turns; those about others do not wait for them. Nothing that counts is
 * only in memory. Safe for many threads.
 */
final class SessionLedger {

  private static final int STRIPES = 128;
  private static final int REMEMBERED = 20_000;

  private final Ingest ingest;
  private final Store store;
  private final InstantSource clock;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final AtomicLong lastReceived = new AtomicLong();
  private final Map<String, Long> latestStarts = new LatestStarts();

  SessionLedger(Ingest ingest, Store store, InstantSource clock) {
    this.ingest = ingest;
    this.store = store;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /**
   * Keeps what the calls say, in their order, all or nothing.
   *
   * @return for each call the span that now stands for its session or event
   * @throws HttpProblem when the store cannot take it now
   */
  List<SpanData> enter(Caller caller, List<? extends SessionCall> calls, Drops drops) {
    int project = caller.project();
    List<ReentrantLock> locks = locks(project, calls);
    locks.forEach(ReentrantLock::lock);
    try {
      Page page = new Page(project);
      List<SpanData> entered = new ArrayList<>(calls.size());
      calls.forEach(call -> entered.add(page.enter(call)));
      ingest.keep(caller, SessionEndpoints.DIALECT, new Decoded(page.changedSpans(), drops, null));
      latestStarts.putAll(page.starts);
      return entered;
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  /** Always in the same order, so that two batches never wait for each other. */
  private List<ReentrantLock> locks(int project, List<? extends SessionCall> calls) {
    TreeSet<Integer> places = new TreeSet<>();
    for (SessionCall call : calls) {
      places.add(Math.floorMod(call.sessionId().hashCode() * 31 + project, STRIPES));
    }
    return places.stream().map(place -> stripes[place]).toList();
  }

  /** Later than the last one, since the order of arrival tells the order of events. */
  private long receivedNanos() {
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return lastReceived.updateAndGet(last -> Math.max(last + 1, nanos));
  }

  /** What one request changes; not visible to others until it is kept. */
  private final class Page {

    private final int project;
    private final Map<String, SpanData> spans = new HashMap<>();
    private final Map<String, SpanData> changed = new LinkedHashMap<>();
    private final Map<String, Long> starts = new HashMap<>();

    Page(int project) {
      this.project = project;
    }

    SpanData enter(SessionCall call) {
      SessionIds ids = SessionIds.of(project, call.sessionId());
      return switch (call) {
        case Change change -> enter(ids, change);
        case Event event -> enter(ids, event);
      };
    }

    private SpanData enter(SessionIds ids, Change change) {
      SpanData known = known(ids, ids.rootSpanId());
      return put(known, new SessionSpan(ids, known, change, receivedNanos()).merged());
    }

    private SpanData enter(SessionIds ids, Event event) {
      SpanData known = known(ids, ids.eventSpanId(event.eventId()));
      SpanData root = known(ids, ids.rootSpanId());
      long floor = floor(ids, root);
      SpanData span = new EventSpan(ids, known, event, floor, receivedNanos()).merged();
      starts.merge(ids.traceId(), span.startNanos(), Math::max);
      if (root == null) {
        enter(ids, Change.bare(event.sessionId(), span.startNanos()));
      }
      return put(known, span);
    }

    private long floor(SessionIds ids, @Nullable SpanData root) {
      Long latest = starts.get(ids.traceId());
      if (latest == null) {
        latest = latestStarts.get(ids.traceId());
      }
      if (latest != null) {
        return latest;
      }
      return root == null ? Long.MIN_VALUE : root.startNanos();
    }

    private @Nullable SpanData known(SessionIds ids, String spanId) {
      SpanData here = spans.get(ids.traceId() + spanId);
      return here == null ? asked(ids, spanId) : here;
    }

    private @Nullable SpanData asked(SessionIds ids, String spanId) {
      try {
        return store.span(project, ids.traceId(), spanId);
      } catch (StoreException e) {
        throw ingest.notKept(e);
      }
    }

    private SpanData put(@Nullable SpanData known, SpanData span) {
      String key = span.traceId() + span.spanId();
      spans.put(key, span);
      if (!span.equals(known)) {
        changed.put(key, span);
      }
      return span;
    }

    List<Item> changedSpans() {
      return List.copyOf(changed.values());
    }
  }

  /** Where the events of sessions that are under way have got to; a help for order, no more. */
  private static final class LatestStarts extends LinkedHashMap<String, Long> {

    private static final long serialVersionUID = 1;

    LatestStarts() {
      super(64, 0.75f, true);
    }

    @Override
    public synchronized @Nullable Long get(@Nullable Object key) {
      return super.get(key);
    }

    @Override
    public synchronized void putAll(Map<? extends String, ? extends Long> more) {
      super.putAll(more);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > REMEMBERED;
    }
  }
}
