package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Score;
import io.onlooker.store.Score.Target;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.span.SessionNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps scores and notes them on the spans they are about, so that queries find them there: {@code
 * score.satisfaction}. A score may come before its span, and a span may come again after its score.
 * Safe for many threads.
 */
final class ScoreBook {

  private final Store store;
  private final Map<Integer, Set<Target>> targets = new ConcurrentHashMap<>();

  ScoreBook(Store store) {
    this.store = store;
  }

  /** The item, with its scores when it is a span that has some. */
  Item noted(int project, Item item) {
    return item instanceof SpanData span ? noted(project, span) : item;
  }

  private SpanData noted(int project, SpanData span) {
    Set<Target> scored = targets(project);
    if (scored.isEmpty()) {
      return span;
    }
    Set<Target> own = new HashSet<>(names(span));
    own.retainAll(scored);
    return own.isEmpty() ? span : with(store.scores().of(project, own), span);
  }

  /** All that a score may call the span. */
  private static Set<Target> names(SpanData span) {
    Set<Target> names = new HashSet<>();
    names.add(new Target.OfSpan(span.traceId(), span.spanId()));
    names.add(new Target.OfSession(span.spanId()));
    String given = span.attributes().string(SessionNames.ID);
    if (given != null) {
      names.add(new Target.OfSession(given));
    }
    if (span.parentSpanId() == null) {
      names.add(new Target.OfTrace(span.traceId()));
    }
    return names;
  }

  private static SpanData with(List<Score> scores, SpanData span) {
    Attributes.Builder attributes = span.attributes().toBuilder();
    for (Score score : scores) {
      String key = Score.ATTRIBUTE + score.name();
      attributes.put(key, score.value());
      attributes.put(key + ".comment", score.comment());
    }
    return span.withAttributes(attributes.build());
  }

  /** Keeps the score; true when its span is there already. */
  boolean put(Score score) {
    store.scores().put(score);
    targets(score.project()).add(score.target());
    SpanData span = span(score.project(), score.target());
    if (span == null) {
      return false;
    }
    store.append(new Batch(score.project(), List.of(noted(score.project(), span))));
    return true;
  }

  private @Nullable SpanData span(int project, Target target) {
    return switch (target) {
      case Target.OfSession(String id) -> {
        Session session = store.session(project, id);
        yield session == null ? null : store.span(project, session.traceId(), session.rootSpanId());
      }
      case Target.OfSpan(String traceId, String spanId) -> store.span(project, traceId, spanId);
      case Target.OfTrace(String traceId) ->
          store.trace(project, traceId).stream()
              .filter(span -> span.parentSpanId() == null)
              .findFirst()
              .orElse(null);
    };
  }

  private Set<Target> targets(int project) {
    return targets.computeIfAbsent(project, this::read);
  }

  private Set<Target> read(int project) {
    Set<Target> known = ConcurrentHashMap.newKeySet();
    try {
      known.addAll(store.scores().targets(project));
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.UNSUPPORTED) {
        throw e;
      }
    }
    return known;
  }
}
