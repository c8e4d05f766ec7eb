package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules as JSON. Strict: a name that is not known is an error, for a rule that is silently not
 * followed is a leak.
 */
final class RulesJson {

  private static final String OFF = "off";
  private static final Set<String> FIELDS =
      Set.of("version", "kinds", "patterns", "hide", "secretKeys");
  private static final Set<String> PATTERN_FIELDS = Set.of("name", "pattern", "mode");

  private RulesJson() {}

  static RedactionRules read(String json) {
    Map<?, ?> rules = object("rules", JsonReader.read(json));
    onlyKnown("rules", rules, FIELDS);
    Object version = rules.get("version");
    return known(rules, version == null ? null : string("version", version));
  }

  /** The rules as far as their members are known. */
  static RedactionRules known(Map<?, ?> rules, @Nullable String version) {
    return new RedactionRules(
        version,
        kinds(rules.get("kinds")),
        patterns(rules.get("patterns")),
        strings("hide", rules.get("hide")),
        strings("secretKeys", rules.get("secretKeys")));
  }

  static String write(RedactionRules rules) {
    StringBuilder out = new StringBuilder("{");
    if (rules.version() != null) {
      key(out, "version");
      JsonText.quote(out, rules.version());
      out.append(',');
    }
    key(out, "kinds");
    writeKinds(out, rules.kinds());
    key(out.append(','), "patterns");
    writePatterns(out, rules.patterns());
    key(out.append(','), "hide");
    writeStrings(out, rules.hiddenPaths());
    key(out.append(','), "secretKeys");
    writeStrings(out, rules.secretKeys());
    return out.append('}').toString();
  }

  private static Map<PiiKind, RedactionMode> kinds(@Nullable Object value) {
    Map<PiiKind, RedactionMode> kinds = new EnumMap<>(PiiKind.class);
    for (PiiKind kind : PiiKind.values()) {
      kinds.put(kind, RedactionMode.LABEL);
    }
    if (value != null) {
      object("kinds", value)
          .forEach((name, mode) -> put(kinds, requireNonNull(name).toString(), mode));
    }
    return kinds;
  }

  private static void put(Map<PiiKind, RedactionMode> kinds, String name, @Nullable Object mode) {
    PiiKind kind = constant("kinds", PiiKind.values(), name);
    String word = string("kinds." + name, mode);
    if (word.equals(OFF)) {
      kinds.remove(kind);
    } else {
      kinds.put(kind, mode("kinds." + name, word));
    }
  }

  private static List<RedactionRules.Pattern> patterns(@Nullable Object value) {
    List<RedactionRules.Pattern> patterns = new ArrayList<>();
    for (Object entry : list("patterns", value)) {
      String where = "patterns[" + patterns.size() + "]";
      Map<?, ?> pattern = object(where, entry);
      onlyKnown(where, pattern, PATTERN_FIELDS);
      Object mode = pattern.get("mode");
      patterns.add(
          new RedactionRules.Pattern(
              string(where + ".name", pattern.get("name")),
              string(where + ".pattern", pattern.get("pattern")),
              mode == null
                  ? RedactionMode.LABEL
                  : mode(where + ".mode", string(where + ".mode", mode))));
    }
    return patterns;
  }

  private static RedactionMode mode(String where, String word) {
    return constant(where, RedactionMode.values(), word.toUpperCase(Locale.ROOT));
  }

  private static <E extends Enum<E>> E constant(String where, E[] constants, String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw wrong(where, name, "one of " + Arrays.toString(constants));
  }

  private static Set<String> strings(String where, @Nullable Object value) {
    Set<String> strings = new LinkedHashSet<>();
    for (Object entry : list(where, value)) {
      strings.add(string(where + "[" + strings.size() + "]", entry));
    }
    return strings;
  }

  private static void onlyKnown(String where, Map<?, ?> object, Set<String> fields) {
    for (Object name : object.keySet()) {
      if (!fields.contains(name)) {
        throw wrong(where, name, "only " + fields.stream().sorted().toList());
      }
    }
  }

  private static Map<?, ?> object(String where, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw wrong(where, value, "an object");
  }

  private static List<?> list(String where, @Nullable Object value) {
    if (value == null || value instanceof List<?>) {
      return value == null ? List.of() : (List<?>) value;
    }
    throw wrong(where, value, "a list");
  }

  private static String string(String where, @Nullable Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw wrong(where, value, "a string");
  }

  private static IllegalArgumentException wrong(
      String where, @Nullable Object value, String expected) {
    return new IllegalArgumentException(where + ": " + value + " (expected: " + expected + ")");
  }

  private static void writeKinds(StringBuilder out, Map<PiiKind, RedactionMode> kinds) {
    String separator = "{";
    for (PiiKind kind : PiiKind.values()) {
      RedactionMode mode = kinds.get(kind);
      key(out.append(separator), kind.name());
      JsonText.quote(out, mode == null ? OFF : mode.name().toLowerCase(Locale.ROOT));
      separator = ",";
    }
    out.append('}');
  }

  private static void writePatterns(StringBuilder out, List<RedactionRules.Pattern> patterns) {
    String separator = "";
    out.append('[');
    for (RedactionRules.Pattern pattern : patterns) {
      key(out.append(separator).append('{'), "name");
      JsonText.quote(out, pattern.name());
      key(out.append(','), "pattern");
      JsonText.quote(out, pattern.pattern());
      key(out.append(','), "mode");
      JsonText.quote(out, pattern.mode().name().toLowerCase(Locale.ROOT));
      out.append('}');
      separator = ",";
    }
    out.append(']');
  }

  private static void writeStrings(StringBuilder out, Set<String> strings) {
    String separator = "";
    out.append('[');
    for (String string : strings) {
      JsonText.quote(out.append(separator), string);
      separator = ",";
    }
    out.append(']');
  }

  private static void key(StringBuilder out, String name) {
    JsonText.quote(out, name);
    out.append(':');
  }
}
