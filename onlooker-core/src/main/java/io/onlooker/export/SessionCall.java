package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of Sentrial's three calls: {@code POST sessions}, {@code PATCH sessions/ID}, {@code POST
 * events}.
 *
 * @param operation {@code session.open}, {@code session.close} or {@code event}
 * @param id of the session, as we know it
 * @param members what the call says
 * @param names what the server calls sessions
 */
record SessionCall(
    SessionsApi api,
    String operation,
    String id,
    Map<String, @Nullable Object> members,
    SessionNames names)
    implements Target {

  private static final String OPEN = "session.open";
  private static final String EVENT = "event";

  /** Reads a line that {@link SessionLines} wrote. */
  static SessionCall of(SessionsApi api, String line, SessionNames names) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) requireNonNull(JsonReader.read(line)))
        .forEach((name, value) -> members.put(String.valueOf(name), value));
    String operation = String.valueOf(members.remove("op"));
    String id = String.valueOf(members.get(operation.equals(EVENT) ? "sessionId" : "id"));
    return new SessionCall(api, operation, id, members, names);
  }

  @Override
  public String place() {
    return api.place();
  }

  @Override
  public boolean limited(Payload payload) {
    return false;
  }

  @Override
  public HttpRequest.Builder request(Payload payload) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>(members);
    String path = operation.equals(EVENT) ? "events" : "sessions";
    if (operation.equals(EVENT)) {
      body.put("sessionId", names.of(id));
    } else if (operation.equals(OPEN)) {
      body.computeIfPresent("parentSessionId", (key, parent) -> names.of(parent.toString()));
    } else {
      body.remove("id");
      path += "/" + URLEncoder.encode(names.of(id), StandardCharsets.UTF_8);
    }
    HttpRequest.Builder request = api.request(path).header("Content-Type", "application/json");
    return request.method(path.contains("/") ? "PATCH" : "POST", json(body));
  }

  @Override
  public Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body) {
    if (!SessionsApi.success(status)) {
      return SessionsApi.refusal(status, headers, body);
    }
    if (operation.equals(OPEN)) {
      Object given = SessionsApi.object(body).get("id");
      if (given instanceof String name && !name.isEmpty() && !name.equals(id)) {
        names.put(id, name);
      }
    } else if (!operation.equals(EVENT)) {
      names.end(id);
    }
    return new Verdict.Taken(0);
  }

  private static BodyPublisher json(Map<String, @Nullable Object> body) {
    JsonWriter json = new JsonWriter();
    ObjectEncoder.write(json, body, Integer.MAX_VALUE / 2);
    return BodyPublishers.ofByteArray(json.toBytes());
  }
}
