package io.onlooker.server.ingest;

import io.onlooker.SpanData;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sessions API: Sentrial's calls, and all of them in one body ({@code docs/sessions-api.md}).
 */
final class SessionEndpoints {

  static final String DIALECT = "sessions";

  private final KeyCheck keys;
  private final Compression compression;
  private final SessionLedger ledger;
  private final Doorway doorway;
  private final int maxLines;

  SessionEndpoints(
      KeyCheck keys, Compression compression, SessionLedger ledger, Doorway doorway, int maxLines) {
    this.keys = keys;
    this.compression = compression;
    this.ledger = ledger;
    this.doorway = doorway;
    this.maxLines = maxLines;
  }

  void addTo(Routes routes) {
    doorway.open(
        routes,
        "/api/sdk/sessions",
        DIALECT,
        request -> one(request, fields -> SessionChanges.opened(fields)));
    doorway.open(
        routes,
        "PATCH",
        "/api/sdk/sessions/{id}",
        DIALECT,
        request -> one(request, fields -> update(request.route("id"), fields)));
    doorway.open(
        routes,
        "/api/sdk/events",
        DIALECT,
        request -> one(request, fields -> SessionEvents.read(fields)));
    doorway.open(routes, "/api/sdk/batch", DIALECT, this::batch);
  }

  private static SessionCall update(String id, Fields fields) throws Malformed {
    Fields.checkId("id", id);
    var _ = fields.node("id");
    return SessionChanges.updated(id, fields);
  }

  private Response one(Request request, Reader reader) {
    Caller caller = keys.caller(request);
    byte[] body = body(request);
    SessionCall call = read(body, reader);
    SpanData span = ledger.enter(caller, List.of(call), new Drops()).getFirst();
    return told(200, SessionAnswers.of(call, span), 1, 0);
  }

  private static SessionCall read(byte[] body, Reader reader) {
    try {
      JsonNode object = Json.readObject(body, 0, body.length);
      return reader.read(new Fields(object, ""));
    } catch (Malformed e) {
      throw new HttpProblem(400, "Not readable", e.detail());
    }
  }

  private Response batch(Request request) {
    Caller caller = keys.caller(request);
    SessionBatch batch = SessionBatch.read(body(request), maxLines);
    List<SessionCall> calls = batch.calls();
    List<SpanData> entered = ledger.enter(caller, calls, batch.drops());
    ObjectNode answer = batch.answer(entered);
    if (!calls.isEmpty()) {
      return told(200, answer, calls.size(), batch.dropped());
    }
    List<String> details = batch.drops().details();
    String detail =
        details.isEmpty() ? "body: empty (expected: JSON lines)" : String.join("; ", details);
    answer.put("title", "Nothing readable").put("detail", detail).put("status", 400);
    answer.put("error", "Nothing readable").put("message", detail);
    return told(400, answer, 0, batch.dropped());
  }

  private byte[] body(Request request) {
    return compression.inflate(request.header("content-encoding"), request.body());
  }

  private static Response told(int status, ObjectNode answer, int accepted, int dropped) {
    return Doorway.told(Response.json(status, answer.toString()), accepted, dropped);
  }

  @FunctionalInterface
  private interface Reader {
    SessionCall read(Fields fields) throws Malformed;
  }
}
