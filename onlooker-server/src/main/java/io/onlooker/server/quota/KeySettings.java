package io.onlooker.server.quota;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.NewKey;
import io.onlooker.server.access.Principal;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/v1/keys}: makes, lists, limits, disables and revokes keys. Whoever administers one
 * project sees and changes the keys of this project alone.
 */
public final class KeySettings {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_LABEL = 200;

  private final Access access;
  private final InstantSource clock;

  public KeySettings(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes
        .get("/api/v1/keys", this::list)
        .post("/api/v1/keys", this::create)
        .get("/api/v1/keys/{id}", this::show)
        .on("PATCH", "/api/v1/keys/{id}", this::change)
        .on("DELETE", "/api/v1/keys/{id}", this::revoke)
        .post("/api/v1/keys/{id}/rotate", this::rotate);
  }

  private Response list(Request request) {
    Principal principal = access.require(request, Scope.ADMIN);
    List<Key> keys = access.keys().stream().filter(key -> mayTouch(principal, key)).toList();
    return answer(200, KeyJson.list(access, keys));
  }

  private Response create(Request request) {
    Principal principal = access.require(request, Scope.ADMIN);
    JsonNode body = body(request);
    Integer project = project(principal, body);
    String label = text(body, "label", "unnamed");
    if (label.length() > LONGEST_LABEL) {
      throw bad("label: " + label.length() + " characters (expected: at most 200)");
    }
    Scope scope = scope(text(body, "scope", "ingest"));
    String limits = limits(text(body, "limits", ""));
    NewKey made = access.createKey(project, scope, label);
    access.limitKey(made.key().id(), limits);
    return made(made.key().id(), made.text());
  }

  private Response show(Request request) {
    LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    return answer(200, KeyJson.withUse(access, key(request), today));
  }

  private Response change(Request request) {
    Key key = key(request);
    JsonNode body = body(request);
    JsonNode disabled = body.path("disabled");
    if (!disabled.isMissingNode() && !disabled.isBoolean()) {
      throw bad("disabled: " + disabled.getNodeType() + " (expected: true or false)");
    }
    if (body.has("limits")) {
      access.limitKey(key.id(), limits(text(body, "limits", "")));
    }
    if (disabled.isBoolean() && disabled.booleanValue() == key.live()) {
      boolean _ =
          disabled.booleanValue() ? access.disableKey(key.id()) : access.enableKey(key.id());
    }
    return answer(200, KeyJson.of(access, known(key.id())));
  }

  private Response revoke(Request request) {
    access.removeKey(key(request).id());
    return new Response(204, java.util.Map.of(), new byte[0]);
  }

  private Response rotate(Request request) {
    NewKey made = access.rotateKey(key(request));
    return made(made.key().id(), made.text());
  }

  private Response made(long id, String text) {
    return answer(201, KeyJson.of(access, new NewKey(known(id), text)));
  }

  /** The key in the path; one of another project is as unknown as one that never was. */
  private Key key(Request request) {
    Principal principal = access.require(request, Scope.ADMIN);
    String id = request.route("id");
    Key key = id.matches("[0-9]{1,18}") ? access.keyOf(Long.parseLong(id)) : null;
    if (key == null || !mayTouch(principal, key)) {
      throw new HttpProblem(
          404, "Not found", "key: " + shown(id) + " (expected: one that is there)");
    }
    return key;
  }

  private Key known(long id) {
    Key key = access.keyOf(id);
    if (key == null) {
      throw new HttpProblem(404, "Not found", "key: " + id + " (expected: one that is there)");
    }
    return key;
  }

  private static boolean mayTouch(Principal principal, Key key) {
    return principal.project() == null || principal.project().equals(key.project());
  }

  private @Nullable Integer project(Principal principal, JsonNode body) {
    JsonNode named = body.path("project");
    if (named.isMissingNode() || named.isNull()) {
      return named.isNull() && principal.project() == null ? null : own(principal);
    }
    if (!named.isInt() || access.project(named.intValue()) == null) {
      throw bad("project: " + shown(named.toString()) + " (expected: the number of a project)");
    }
    if (!principal.may(Scope.ADMIN, named.intValue())) {
      throw new HttpProblem(
          403, "Not allowed", "project: " + named + " (expected: " + principal.project() + ")");
    }
    return named.intValue();
  }

  private static Integer own(Principal principal) {
    Integer own = principal.project();
    return own == null ? (Integer) Access.FIRST_PROJECT : own;
  }

  private static Scope scope(String label) {
    try {
      return Scope.of(label);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static String limits(String text) {
    try {
      return KeyLimits.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode body(Request request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException _) {
      // Told below.
    }
    throw bad("body: not a JSON object (expected: {\"scope\": …, \"label\": …})");
  }

  private static String text(JsonNode body, String field, String otherwise) {
    JsonNode node = body.path(field);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isString()) {
      throw bad(field + ": " + node.getNodeType() + " (expected: a text)");
    }
    return node.stringValue();
  }

  private static HttpProblem bad(String detail) {
    return new HttpProblem(400, "Bad body", detail);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static Response answer(int status, ObjectNode json) {
    return Response.json(status, json.toString()).with("cache-control", "no-store");
  }
}
