package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads untrusted JSON: bounded in depth, exact in numbers. */
final class Json {

  /** Deeper than anything a client sends, far from what overflows a stack. */
  static final int MAX_DEPTH = 200;

  /** More than the largest body that a client sends has; each takes some fifty bytes of memory. */
  static final int MAX_TOKENS = 10_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          // Seconds with nine decimals do not fit a double.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /** The one JSON value in this range of bytes. */
  static JsonNode read(byte[] bytes, int offset, int length) throws Malformed {
    return read(() -> {
      JsonNode node = MAPPER.readTree(bytes, offset, length);
      if (node.isMissingNode()) {
        throw new Malformed("empty (expected: JSON)");
      }
      return node;
    });
  }

  /** The same, and it must be an object. */
  static JsonNode readObject(byte[] bytes, int offset, int length) throws Malformed {
    return object(read(bytes, offset, length));
  }

  /**
   * What a reader makes of the one JSON object in this range of bytes, token by token.
   *
   * @param reader begins behind the object's brace and ends behind the other one
   */
  static <T> T readObject(byte[] bytes, int offset, int length, Function<JsonParser, T> reader)
      throws Malformed {
    return read(() -> {
      try (JsonParser in = MAPPER.createParser(bytes, offset, length)) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
          // Says what it is instead.
          readObject(bytes, offset, length);
        }
        T object = reader.apply(in);
        if (in.nextToken() != null) {
          throw new Malformed("not JSON: more behind the end of the object");
        }
        return object;
      }
    });
  }

  private static <T> T read(Reading<T> reading) throws Malformed {
    try {
      return reading.read();
    } catch (StreamConstraintsException _) {
      throw new Malformed(
          "JSON deeper than "
              + MAX_DEPTH
              + " levels, with more than "
              + MAX_TOKENS
              + " tokens, or a number or name too long");
    } catch (JacksonException e) {
      throw new Malformed("not JSON: " + e.getOriginalMessage() + place(e));
    }
  }

  private static JsonNode object(JsonNode node) throws Malformed {
    if (!node.isObject()) {
      throw new Malformed("JSON " + kind(node) + " (expected: an object)");
    }
    return node;
  }

  /** The JSON in a text that holds an array or object; missing for any other text. */
  static JsonNode parsed(@Nullable String text) {
    if (text == null || !(text.startsWith("[") || text.startsWith("{"))) {
      return MissingNode.getInstance();
    }
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return read(bytes, 0, bytes.length);
    } catch (Malformed _) {
      return MissingNode.getInstance();
    }
  }

  /** A field as text, when it is a string, a number or a boolean; else null. */
  static @Nullable String text(JsonNode object, String field) {
    JsonNode node = object.path(field);
    return node.isValueNode() && !node.isNull() ? node.asString() : null;
  }

  /** What an attribute may hold: JSON objects become JSON text, null becomes null. */
  static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case ARRAY -> list(node);
      case OBJECT -> node.toString();
      default -> null;
    };
  }

  static Number number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    BigDecimal decimal = node.decimalValue();
    return decimal.doubleValue();
  }

  /** Puts every field of the object, unless the key is there already. */
  static void putAll(Attributes.Builder attributes, String prefix, JsonNode object) {
    if (object.isObject()) {
      object
          .properties()
          .forEach(
              field -> attributes.putIfAbsent(prefix + field.getKey(), value(field.getValue())));
    }
  }

  private static List<Object> list(JsonNode array) {
    List<Object> values = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      Object value = element.isArray() ? element.toString() : value(element);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " at byte " + Math.max(0, e.getLocation().getByteOffset());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws Malformed;
  }
}
