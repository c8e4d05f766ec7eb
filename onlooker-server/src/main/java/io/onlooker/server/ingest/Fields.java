package io.onlooker.server.ingest;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of one call, each by either spelling: {@code userId} as TypeScript writes it, {@code
 * user_id} as Python does. Null in JSON says nothing. Notes which fields were asked for, so that
 * the others can be kept as they are. Not thread-safe.
 */
final class Fields {

  private static final int LONGEST_NAME = 1000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:~@+-]{1,200}");

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  /** Names are asked for by this code only, so there are few. */
  private static final Map<String, String> SNAKES = new ConcurrentHashMap<>();

  /** More than any model reads in a day, far from what sums overflow at. */
  private static final double MOST = 1e12;

  private final JsonNode object;

  /** Where the fields stand, for messages: empty, or a path with a dot at its end. */
  private final String path;

  private final Set<String> known = new HashSet<>();

  Fields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** The field as it is; missing when it is not there, or null. */
  JsonNode node(String name) {
    String snake = snake(name);
    known.add(name);
    known.add(snake);
    JsonNode node = object.path(name);
    JsonNode found = said(node) ? node : object.path(snake);
    return said(found) ? found : MissingNode.getInstance();
  }

  boolean has(String name) {
    return said(node(name));
  }

  /** A short text; null when it is missing or blank. */
  @Nullable String text(String name) throws Malformed {
    JsonNode node = node(name);
    if (!said(node)) {
      return null;
    }
    if (!node.isString() && !node.isNumber()) {
      throw wrong(name, node, "text");
    }
    String text = node.asString();
    if (text.length() > LONGEST_NAME) {
      throw wrong(name, node, LONGEST_NAME + " characters at most");
    }
    return text.isBlank() ? null : text;
  }

  String required(String name, String what) throws Malformed {
    String text = text(name);
    if (text == null) {
      throw new Malformed(path + name + ": missing (expected: " + what + ")");
    }
    return text;
  }

  /** An id made by the client, or null. */
  @Nullable String id(String name) throws Malformed {
    String id = text(name);
    if (id != null) {
      checkId(path + name, id);
    }
    return id;
  }

  /**
   * Ids stand in paths and links.
   *
   * @throws Malformed when this one could not
   */
  static void checkId(String where, String id) throws Malformed {
    if (!ID.matcher(id).matches()) {
      throw new Malformed(
          where + ": " + shown(id) + " (expected: 1 to 200 of letters, digits and . _ : ~ @ + -)");
    }
  }

  /** A text of any length; an object or list as JSON text. */
  @Nullable String content(String name) {
    JsonNode node = node(name);
    return said(node) ? (node.isValueNode() ? node.asString() : node.toString()) : null;
  }

  @Nullable Boolean flag(String name) throws Malformed {
    JsonNode node = node(name);
    if (said(node) && !node.isBoolean()) {
      throw wrong(name, node, "true or false");
    }
    return said(node) ? (Boolean) node.booleanValue() : null;
  }

  /** A whole number from 0 on. */
  @Nullable Long count(String name) throws Malformed {
    Double amount = amount(name);
    if (amount != null && amount != Math.rint(amount)) {
      throw wrong(name, node(name), "a whole number");
    }
    return amount == null ? null : (Long) amount.longValue();
  }

  /** A number from 0 on. */
  @Nullable Double amount(String name) throws Malformed {
    return number(name, MOST);
  }

  /** A number from 0 to this one. */
  @Nullable Double number(String name, double most) throws Malformed {
    JsonNode node = node(name);
    if (!said(node)) {
      return null;
    }
    double number = node.isNumber() ? node.decimalValue().doubleValue() : Double.NaN;
    if (!(number >= 0 && number <= most)) {
      String limit = most == MOST ? "10^12" : Integer.toString((int) most);
      throw wrong(name, node, "a number from 0 to " + limit);
    }
    return number;
  }

  /** A length in milliseconds as nanoseconds. */
  @Nullable Long millis(String name) throws Malformed {
    Double millis = amount(name);
    return millis == null ? null : (Long) Math.round(millis * 1e6);
  }

  /** The first of these moments that is there, as nanoseconds since 1970. */
  @Nullable Long time(String... names) throws Malformed {
    Long found = null;
    for (String name : names) {
      JsonNode node = node(name);
      if (said(node) && found == null) {
        found = Moments.ofClient(path + name, node);
      }
    }
    return found;
  }

  /** An object, or an empty one when it is not there. */
  Fields object(String name) throws Malformed {
    JsonNode node = node(name);
    if (said(node) && !node.isObject()) {
      throw wrong(name, node, "an object");
    }
    return new Fields(node, path + name + ".");
  }

  /** The same fields, of which none was asked for. */
  Fields again() {
    return new Fields(object, path);
  }

  /** Every field. */
  void forEach(BiConsumer<String, JsonNode> action) {
    object.properties().forEach(field -> action.accept(field.getKey(), field.getValue()));
  }

  /** Every field that nobody asked for. */
  void others(BiConsumer<String, JsonNode> action) {
    forEach((name, value) -> {
      if (!known.contains(name)) {
        action.accept(name, value);
      }
    });
  }

  Malformed wrong(String name, JsonNode node, String expected) {
    return new Malformed(
        path + name + ": " + shown(node.toString()) + " (expected: " + expected + ")");
  }

  private static boolean said(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static String snake(String name) {
    return SNAKES.computeIfAbsent(
        name, camel -> CAPITAL.matcher(camel).replaceAll("_$0").toLowerCase(Locale.ROOT));
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
