package io.onlooker.server.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins a script and the modules it imports into one, so that a browser asks once. Each module
 * becomes a function of its own that returns what the module exports; those it imports stand before
 * it. The sources keep to {@code import {a, b as c} from "./x.js";}, {@code import "./x.js";} and
 * to {@code export} before a function, a class or a constant, or with a list of names; each at the
 * beginning of a line.
 */
final class Modules {

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:\\{([^}]*)} from )?\"\\./([a-z-]+)\\.js\";$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (async function|function|class|const) (\\w+)");
  private static final Pattern EXPORTS = Pattern.compile("(?m)^export \\{([^}]*)};$");
  private static final Pattern UNKNOWN = Pattern.compile("(?m)^(?:import|export)\\b.*$");

  private final UnaryOperator<String> source;
  private final Map<String, String> joined = new LinkedHashMap<>();
  private final SequencedSet<String> open = new LinkedHashSet<>();

  private Modules(UnaryOperator<String> source) {
    this.source = source;
  }

  /**
   * The script as one module.
   *
   * @param name without {@code .js}
   * @param source gives the text of a module
   * @throws IllegalArgumentException when an import or export is of another kind, or modules import
   *     one another in a circle
   */
  static String join(String name, UnaryOperator<String> source) {
    Modules modules = new Modules(source);
    modules.add(name);
    return modules.joined.values().stream().collect(Collectors.joining());
  }

  private void add(String name) {
    if (joined.containsKey(name)) {
      return;
    }
    if (!open.add(name)) {
      throw new IllegalArgumentException("imports: " + open + " (expected: no circle)");
    }
    String text = source.apply(name);
    for (MatchResult found : IMPORT.matcher(text).results().toList()) {
      add(found.group(2));
    }
    joined.put(name, function(name, text));
    open.remove(name);
  }

  private static String function(String name, String text) {
    SequencedSet<String> exported = new LinkedHashSet<>();
    EXPORT.matcher(text).results().forEach(found -> exported.add(found.group(2)));
    EXPORTS.matcher(text).results().forEach(found -> exported.addAll(names(found.group(1))));
    String body = IMPORT.matcher(text).replaceAll(Modules::taken);
    body = EXPORT.matcher(body).replaceAll("$1 $2");
    body = EXPORTS.matcher(body).replaceAll("");
    Matcher unknown = UNKNOWN.matcher(body);
    if (unknown.find()) {
      throw new IllegalArgumentException(
          name + ".js: " + unknown.group() + " (expected: import {a} from \"./x.js\"; or export)");
    }
    String out = exported.isEmpty() ? "" : "return { " + String.join(", ", exported) + " };\n";
    return "const " + variable(name) + " = (() => {\n" + body + out + "})();\n";
  }

  private static String taken(MatchResult found) {
    String names = found.group(1);
    String all = names == null ? "" : String.join(", ", names(names)).replace(" as ", ": ");
    String taken = names == null ? "" : "const { " + all + " } = " + variable(found.group(2)) + ";";
    return Matcher.quoteReplacement(taken);
  }

  private static List<String> names(String list) {
    return List.of(list.strip().split("\\s*,\\s*"));
  }

  private static String variable(String module) {
    return module.replace('-', '_') + "$";
  }
}
