package io.onlooker.server.privacy;

import io.onlooker.redact.InvalidPatternException;
import io.onlooker.redact.RedactionRules;
import io.onlooker.server.http.HttpProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes policies as JSON: the rules as {@code docs/privacy.md} has them, and a switch.
 */
final class PiiJson {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int MOST_BYTES = 512 * 1024;
  private static final String ENABLED = "enabled";

  /** What an answer says besides the policy; whoever sends it back means the policy. */
  private static final List<String> TOLD = List.of(ENABLED, "leaks");

  private PiiJson() {}

  static ObjectNode of(PiiPolicy policy) {
    ObjectNode json = (ObjectNode) JSON.readTree(policy.rules().toJson());
    return json.put(ENABLED, policy.enabled());
  }

  static PiiPolicy policy(byte[] body) {
    ObjectNode json = object(body, MOST_BYTES);
    JsonNode enabled = json.path(ENABLED);
    if (!enabled.isMissingNode() && !enabled.isBoolean()) {
      throw new HttpProblem(
          400, "Bad rules", "enabled: " + shown(enabled) + " (expected: true or false)");
    }
    json.remove(TOLD);
    return new PiiPolicy(enabled.booleanValue(true), rules(json));
  }

  /**
   * @throws HttpProblem 400 that names what is wrong; for a pattern also where
   */
  static RedactionRules rules(JsonNode json) {
    try {
      return RedactionRules.parse(json.toString());
    } catch (InvalidPatternException e) {
      throw new HttpProblem(400, "Bad pattern", String.valueOf(e.getMessage())).at(e.position());
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(400, "Bad rules", String.valueOf(e.getMessage()));
    }
  }

  static ObjectNode object(byte[] body, int mostBytes) {
    if (body.length > mostBytes) {
      throw new HttpProblem(
          413,
          "Body too large",
          "body: " + body.length + " bytes (expected: at most " + mostBytes + ")");
    }
    if (parsed(body) instanceof ObjectNode object) {
      return object;
    }
    throw new HttpProblem(400, "Bad body", "body: not a JSON object in UTF-8");
  }

  private static @Nullable JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException _) {
      return null;
    }
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
