package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.store.Score;
import io.onlooker.store.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the root of a run says in scores, metrics and metadata: sessions are found by it. */
final class RunFacts {

  private static final List<String> PREFIXES =
      List.of(Score.ATTRIBUTE, "custom_metrics.", "metadata.");

  private static final int MOST = 50;
  private static final int LONGEST = 200;

  private RunFacts() {}

  static boolean isFact(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** As JSON by the session's id; sessions without any are missing. */
  static Map<String, String> of(List<SpanData> spans, List<Session> sessions) {
    Map<String, String> ids = new HashMap<>();
    sessions.forEach(session -> ids.put(session.rootSpanId(), session.id()));
    Map<String, String> facts = new HashMap<>();
    for (SpanData span : spans) {
      String id = ids.get(span.spanId());
      Map<String, Object> found = id == null ? Map.of() : of(span);
      if (id != null && !found.isEmpty()) {
        facts.put(id, Json.object(found));
      }
    }
    return facts;
  }

  private static Map<String, Object> of(SpanData root) {
    Map<String, Object> facts = new LinkedHashMap<>();
    root.attributes()
        .forEach((key, value) -> {
          boolean plain = !(value instanceof List<?>);
          boolean small = !(value instanceof String text) || text.length() <= LONGEST;
          if (facts.size() < MOST && isFact(key) && plain && small) {
            facts.put(key, value);
          }
        });
    return facts;
  }
}
