package io.onlooker.server.ingest;

import io.onlooker.Drop;
import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many calls of the sessions API in one body, a JSON object with an {@code op} on each line. A line
 * that cannot be read says so in its result; its neighbours are kept.
 */
final class SessionBatch {

  private static final String OPS = "session.open, session.update, event, session.close or score";

  private final List<Line> lines = new ArrayList<>();
  private final Drops drops = new Drops();
  private int dropped;

  /**
   * @param call what the line says, or null with a problem
   */
  private record Line(
      int number, @Nullable String op, @Nullable SessionCall call, @Nullable String problem) {}

  /**
   * @param most how many lines are read; those behind are dropped and counted
   */
  static SessionBatch read(byte[] body, int most) {
    SessionBatch batch = new SessionBatch();
    int number = 1;
    for (int start = 0; start < body.length; number++) {
      int end = Envelope.lineEnd(body, start);
      if (!blank(body, start, end)) {
        batch.add(number, body, start, end, most);
      }
      start = end + 1;
    }
    return batch;
  }

  private void add(int number, byte[] body, int start, int end, int most) {
    if (lines.size() >= most) {
      drops.add(Drop.TOO_MANY, "session_call");
      dropped++;
      return;
    }
    String op = null;
    try {
      JsonNode object = Json.readObject(body, start, end - start);
      Fields fields = new Fields(object, "");
      op = fields.required("op", OPS);
      lines.add(new Line(number, op, call(op, fields), null));
    } catch (Malformed e) {
      drops.invalid("session_call", "line " + number + ": " + e.detail());
      lines.add(new Line(number, op, null, e.detail()));
      dropped++;
    }
  }

  private static SessionCall call(String op, Fields fields) throws Malformed {
    return switch (op) {
      case "session.open" -> SessionChanges.opened(fields);
      case "session.update" -> SessionChanges.updated(sessionId(fields), fields);
      case "session.close" -> SessionChanges.closed(sessionId(fields), fields);
      case "event" -> SessionEvents.read(fields);
      case "score" -> SessionChanges.scored(sessionId(fields), fields);
      default -> throw fields.wrong("op", fields.node("op"), OPS);
    };
  }

  private static String sessionId(Fields fields) throws Malformed {
    String id = fields.id("sessionId");
    String own = fields.id("id");
    if (id == null && own == null) {
      throw new Malformed("sessionId: missing (expected: the session's id)");
    }
    return id == null ? String.valueOf(own) : id;
  }

  private static boolean blank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  List<SessionCall> calls() {
    List<SessionCall> calls = new ArrayList<>();
    for (Line line : lines) {
      if (line.call() != null) {
        calls.add(line.call());
      }
    }
    return calls;
  }

  Drops drops() {
    return drops;
  }

  /** How many lines are not kept. */
  int dropped() {
    return dropped;
  }

  /**
   * A result for each line that was read.
   *
   * @param entered the spans of {@link #calls}
   */
  ObjectNode answer(List<SpanData> entered) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("accepted", entered.size());
    answer.put("dropped", dropped);
    var results = answer.putArray("results");
    int next = 0;
    for (Line line : lines) {
      ObjectNode result = results.addObject().put("line", line.number());
      if (line.op() != null) {
        result.put("op", line.op());
      }
      if (line.call() == null) {
        result.put("status", 400).put("error", "Not readable").put("message", line.problem());
      } else {
        result.put("status", 200);
        result.put("id", SessionAnswers.of(line.call(), entered.get(next)).path("id").asString());
        next++;
      }
    }
    return answer;
  }
}
