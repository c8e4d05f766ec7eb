package io.onlooker.server.api;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a change: a JSON object with known members; decimals stay exact. */
record Body(JsonNode root) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int MOST_BYTES = 256 * 1024;

  /**
   * @throws HttpProblem 400 for what is no object, or has another member; 413 when it is too large
   */
  static Body of(Request request, Set<String> members) {
    if (request.body().length > MOST_BYTES) {
      String size = request.body().length + " bytes (expected: at most " + MOST_BYTES + ")";
      throw new HttpProblem(413, "Body too large", "body: " + size);
    }
    JsonNode root = parse(request.body());
    if (!root.isObject()) {
      throw new HttpProblem(400, "Bad body", "body: no object (expected: an object)");
    }
    for (String name : root.propertyNames()) {
      if (!members.contains(name)) {
        String expected = "one of " + String.join(", ", new TreeSet<>(members));
        throw Problem.badParameter("member", name, expected);
      }
    }
    return new Body(root);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException _) {
      throw new HttpProblem(400, "Bad body", "body: not JSON (expected: an object)");
    }
  }

  JsonNode node(String name) {
    return root.path(name);
  }

  /** The member, or null when it is missing or null. */
  @Nullable String text(String name) {
    JsonNode member = root.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return null;
    }
    if (!member.isString() || member.stringValue().isBlank()) {
      throw Problem.badParameter(name, member.toString(), "text");
    }
    return member.stringValue();
  }

  String required(String name, String expected) {
    String text = text(name);
    if (text == null) {
      throw Problem.missing(name, expected);
    }
    return text;
  }
}
