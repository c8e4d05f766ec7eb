package io.onlooker.server.api;

import io.onlooker.SpanData;
import io.onlooker.store.Score;
import io.onlooker.store.Score.Target;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes scores. */
final class ScoreJson {

  private ScoreJson() {}

  /** The scores of a session, and those of its root and its trace. */
  static List<Score> of(Store store, Session session) {
    Set<Target> targets = new HashSet<>();
    targets.add(new Target.OfSession(session.id()));
    targets.add(new Target.OfSession(session.rootSpanId()));
    targets.add(new Target.OfSpan(session.traceId(), session.rootSpanId()));
    targets.add(new Target.OfTrace(session.traceId()));
    return of(store, session.project(), targets);
  }

  /** The scores of those spans that carry one. */
  static List<Score> of(Store store, int project, List<SpanData> spans) {
    Set<Target> targets = new HashSet<>();
    for (SpanData span : spans) {
      if (scored(span)) {
        targets.add(new Target.OfSpan(span.traceId(), span.spanId()));
        targets.add(new Target.OfTrace(span.traceId()));
        targets.add(new Target.OfSession(span.spanId()));
      }
    }
    return of(store, project, targets);
  }

  private static boolean scored(SpanData span) {
    return span.attributes().toMap().keySet().stream()
        .anyMatch(key -> key.startsWith(Score.ATTRIBUTE));
  }

  private static List<Score> of(Store store, int project, Set<Target> targets) {
    try {
      return store.scores().of(project, targets);
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.UNSUPPORTED) {
        return List.of();
      }
      throw e;
    }
  }

  static void write(JsonOut out, List<Score> scores) {
    out.objects(
        "scores",
        scores,
        score -> {
          out.text("id", score.id())
              .text("name", score.name())
              .value("value", score.value())
              .text("comment", score.comment())
              .time("time", score.timeNanos());
          switch (score.target()) {
            case Target.OfSession(String id) -> out.text("session_id", id);
            case Target.OfTrace(String traceId) -> out.text("trace_id", traceId);
            case Target.OfSpan(String traceId, String spanId) ->
                out.text("trace_id", traceId).text("span_id", spanId);
          }
        });
  }
}
