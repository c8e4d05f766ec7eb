package io.onlooker.store;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives the sessions of a trace from all its spans known so far; pure, so order and retries do
 * not matter.
 */
public final class SessionFold {

  private SessionFold() {}

  /**
   * The sessions of one trace, in order of start; empty when no agent ran in it.
   *
   * @param spans all spans of the trace, the latest revision of each
   * @param nowNanos nanoseconds since 1970-01-01T00:00Z, to tell a running session from a lost one
   */
  public static List<Session> fold(int project, List<SpanData> spans, long nowNanos) {
    List<Session> sessions = new ArrayList<>();
    for (SpanData span : spans) {
      if ("agent".equals(span.attributes().get(GenAi.OPERATION_TYPE))) {
        sessions.add(session(project, span));
      }
    }
    return sessions;
  }

  private static Session session(int project, SpanData root) {
    boolean failed = root.status().code() == SpanStatus.Code.ERROR;
    return new Session(
        project,
        root.spanId(),
        root.traceId(),
        root.spanId(),
        null,
        root.name(),
        root.attributes().string(GenAi.AGENT_NAME),
        root.attributes().string(GenAi.USER_ID),
        root.attributes().string(GenAi.CONVERSATION_ID),
        failed ? Session.Status.FAILED : Session.Status.COMPLETED,
        root.startNanos(),
        root.endNanos(),
        new Session.Texts(null, null, root.status().message()),
        new Session.Steps(0, 0),
        new Session.Usage(null, null, null, null),
        List.of(),
        null,
        null);
  }
}
