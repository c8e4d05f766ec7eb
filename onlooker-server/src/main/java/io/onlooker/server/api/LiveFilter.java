package io.onlooker.server.api;

import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.span.SpanKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events one listener wants.
 *
 * @param spans whether spans
 * @param sessions whether sessions
 * @param kinds of spans, or empty for all
 * @param agent the agent's name, or null for all
 * @param session one session, with the spans of its trace; or null for all
 */
record LiveFilter(
    boolean spans,
    boolean sessions,
    Set<SpanKind> kinds,
    @Nullable String agent,
    @Nullable Session session) {

  /**
   * What a request asks for.
   *
   * @throws io.onlooker.server.http.HttpProblem 400 for words that are unknown, 404 for a session
   */
  static LiveFilter of(Parameters parameters, Store store, int project) {
    String events = parameters.text("events");
    String session = parameters.text("session");
    return new LiveFilter(
        events == null || asks(events, "span"),
        events == null || asks(events, "session"),
        kinds(parameters.text("kind")),
        parameters.text("agent"),
        session == null ? null : session(store, project, session));
  }

  boolean takes(LiveEvent event) {
    return switch (event) {
      case LiveEvent.Span span -> takes(span);
      case LiveEvent.Session told -> takes(told.session());
    };
  }

  private boolean takes(LiveEvent.Span span) {
    return spans
        && (kinds.isEmpty() || kinds.contains(span.kind()))
        && (agent == null || agent.equals(span.agent()))
        && (session == null || session.traceId().equals(span.traceId()));
  }

  private boolean takes(Session told) {
    return sessions
        && (agent == null || agent.equals(told.agentName()))
        && (session == null
            || session.id().equals(told.id())
            || session.id().equals(told.parentSessionId()));
  }

  private static boolean asks(String events, String thing) {
    boolean asked = false;
    for (String word : events.split(",", -1)) {
      if (!word.equals("span") && !word.equals("session")) {
        throw Problem.badParameter("events", events, "span, session, or both with a comma");
      }
      asked |= word.equals(thing);
    }
    return asked;
  }

  private static Set<SpanKind> kinds(@Nullable String text) {
    Set<SpanKind> kinds = EnumSet.noneOf(SpanKind.class);
    for (String word : text == null ? new String[0] : text.split(",", -1)) {
      kinds.add(kind(text, word));
    }
    return kinds;
  }

  private static SpanKind kind(@Nullable String text, String word) {
    for (SpanKind kind : SpanKind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    String known = Arrays.toString(SpanKind.values()).toLowerCase(Locale.ROOT);
    throw Problem.badParameter("kind", String.valueOf(text), "some of " + known + " with commas");
  }

  private static Session session(Store store, int project, String id) {
    Session session = Problem.asking(() -> store.session(project, id));
    if (session == null) {
      throw Problem.notFound("session", id);
    }
    return session;
  }
}
