package io.onlooker.server.ingest;

import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Edit;
import io.onlooker.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Brings messages that come as log records to the span of their model call, whichever of both comes
 * first: each looks for the other when it is kept. Safe for many threads.
 *
 * <p>To look for records of every span would cost all who never send any. So it is remembered which
 * spans records spoke of; a span that is older than what was forgotten is looked for in any case.
 */
final class MessageJoin {

  private static final int REMEMBERED = 20_000;
  private static final int ATTEMPTS = 5;

  private final Store store;
  private final InstantSource clock;
  private final Map<Key, Long> spokenOf = new LinkedHashMap<>();

  /** Spans that began before may have records which nobody remembers: those of an earlier run. */
  private volatile long forgottenNanos;

  private record Key(int project, String traceId, String spanId) {}

  MessageJoin(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.forgottenNanos = nowNanos();
  }

  /** To be called before the batch is kept, so that no span of another thread slips through. */
  void expect(Batch batch) {
    for (Item item : batch.items()) {
      if (item instanceof LogData log && LoggedMessages.in(log)) {
        remember(
            new Key(
                batch.project(),
                Objects.requireNonNull(log.traceId()),
                Objects.requireNonNull(log.spanId())));
      }
    }
  }

  private void remember(Key key) {
    synchronized (spokenOf) {
      spokenOf.remove(key);
      spokenOf.put(key, nowNanos());
      if (spokenOf.size() > REMEMBERED) {
        var eldest = spokenOf.entrySet().iterator();
        forgottenNanos = Math.max(forgottenNanos, eldest.next().getValue());
        eldest.remove();
      }
    }
  }

  private long nowNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Joins what is kept now with what was before.
   *
   * @return the spans that say more now; kept as well
   * @throws io.onlooker.store.StoreException when they cannot be kept
   */
  List<SpanData> join(Batch batch) {
    Map<String, Set<String>> wanted = wanted(batch);
    List<SpanData> joined = new ArrayList<>();
    wanted.forEach((traceId, spanIds) -> joined.addAll(join(batch.project(), traceId, spanIds)));
    return joined;
  }

  /** Spans by trace that records of the batch speak of, or that others may have spoken of. */
  private Map<String, Set<String>> wanted(Batch batch) {
    Map<String, Set<String>> wanted = new HashMap<>();
    for (Item item : batch.items()) {
      switch (item) {
        case LogData log when LoggedMessages.in(log) ->
            want(
                wanted,
                Objects.requireNonNull(log.traceId()),
                Objects.requireNonNull(log.spanId()));
        case SpanData span
            when mayBeSpokenOf(batch.project(), span) && LoggedMessages.mayAddTo(span) ->
            want(wanted, span.traceId(), span.spanId());
        default -> {}
      }
    }
    return wanted;
  }

  private static void want(Map<String, Set<String>> wanted, String traceId, String spanId) {
    wanted.computeIfAbsent(traceId, _ -> new LinkedHashSet<>()).add(spanId);
  }

  private boolean mayBeSpokenOf(int project, SpanData span) {
    if (span.startNanos() < forgottenNanos) {
      return true;
    }
    synchronized (spokenOf) {
      return !spokenOf.isEmpty()
          && spokenOf.containsKey(new Key(project, span.traceId(), span.spanId()));
    }
  }

  /** What somebody appends meanwhile counts, and is joined once more. */
  private List<SpanData> join(int project, String traceId, Set<String> spanIds) {
    List<SpanData> joined = new ArrayList<>();
    List<SpanData> left = changed(project, traceId, spanIds);
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      Set<String> ids = new LinkedHashSet<>();
      left.forEach(span -> ids.add(span.spanId()));
      try (Edit edit = store.edit(project)) {
        List<SpanData> changed = changed(project, traceId, ids);
        left = edit.append(changed);
        joined.addAll(changed);
        joined.removeAll(left);
      }
    }
    return joined;
  }

  private List<SpanData> changed(int project, String traceId, Set<String> spanIds) {
    List<SpanData> spans = new ArrayList<>();
    for (String id : spanIds) {
      SpanData span = store.span(project, traceId, id);
      if (span != null && LoggedMessages.mayAddTo(span)) {
        spans.add(span);
      }
    }
    if (spans.isEmpty()) {
      return List.of();
    }
    List<LogData> logs = store.notes(project, traceId).logs();
    List<SpanData> changed = new ArrayList<>();
    for (SpanData span : spans) {
      SpanData joined = LoggedMessages.joined(span, logs);
      if (!joined.equals(span)) {
        changed.add(joined);
      }
    }
    return changed;
  }
}
