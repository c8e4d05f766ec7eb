package io.onlooker.redact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules in a server's answer, {@code {"version":"7","pii":{"enabled":true,"kinds":{…},…}}}:
 * under {@code pii} what {@link RedactionRules#parse} reads, and whether it is on.
 *
 * <p>A server may be newer than we are, so members that we do not know are ignored here; values
 * that we cannot follow are not.
 */
final class ServerRulesJson {

  private ServerRulesJson() {}

  /**
   * The rules. A project that turned redaction off has none: only the values of keys that are named
   * like secrets stay hidden.
   *
   * @throws IllegalArgumentException naming what is wrong, its value and what was expected
   */
  static Answer read(String json) {
    Object config = tree(json);
    if (!(config instanceof Map<?, ?> members) || !(members.get("pii") instanceof Map<?, ?> pii)) {
      throw new IllegalArgumentException("not a configuration (expected: {\"pii\":{…}})");
    }
    Object enabled = pii.get("enabled");
    if (enabled != null && !(enabled instanceof Boolean)) {
      throw new IllegalArgumentException("pii.enabled: " + enabled + " (expected: true or false)");
    }
    String version = version(pii.get("version") == null ? members : pii);
    if (Boolean.FALSE.equals(enabled)) {
      RedactionRules none = new RedactionRules(version, Map.of(), List.of(), Set.of(), Set.of());
      return new Answer(none, List.of());
    }
    return known(pii, version);
  }

  /** A kind that only newer ones find must not cost us the patterns beside it. */
  private static Answer known(Map<?, ?> pii, @Nullable String version) {
    Map<Object, @Nullable Object> rules = new LinkedHashMap<>(pii);
    List<String> unknown = new ArrayList<>();
    if (pii.get("kinds") instanceof Map<?, ?> kinds) {
      Map<Object, @Nullable Object> known = new LinkedHashMap<>();
      kinds.forEach((name, mode) -> {
        if (PiiKind.named(String.valueOf(name)) != null) {
          known.put(String.valueOf(name), mode);
        } else {
          unknown.add(String.valueOf(name));
        }
      });
      rules.put("kinds", known);
    }
    return new Answer(RulesJson.known(rules, version), unknown);
  }

  private static @Nullable Object tree(String json) {
    String start = json.stripLeading();
    if (start.startsWith("<")) {
      throw new IllegalArgumentException("HTML (expected: JSON); is this the server's address?");
    }
    try {
      return JsonReader.read(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Rules, and what of them is not followed.
   *
   * @param unknownKinds kinds that this version does not find
   */
  record Answer(RedactionRules rules, List<String> unknownKinds) {}

  private static @Nullable String version(Map<?, ?> members) {
    Object version = members.get("version");
    return version == null ? null : version.toString();
  }
}
