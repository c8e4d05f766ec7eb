package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the lists of spans in Sentry's items token by token: what most of such an item consists of,
 * the attributes, goes straight to where it will stay, and only the few other fields of a span
 * become a tree. Of fields that stand twice the last counts, as in a tree.
 *
 * <p>Reads one item; not thread-safe.
 */
final class SentryTokens {

  private static final Words VALUES = new Words();

  private final JsonParser in;
  private final Shape shape;
  private String lastTrace = "";

  private SentryTokens(JsonParser in, Shape shape) {
    this.in = in;
    this.shape = shape;
  }

  /** Which list an item has, and how the attributes of what stands in it are written. */
  enum Shape {
    /** A transaction with its spans: plain values. */
    TRANSACTION("spans", "data"),
    /** Streamed spans: values with their types. */
    STREAMED("items", "attributes");

    private final String list;
    private final String attributes;

    Shape(String list, String attributes) {
      this.list = list;
      this.attributes = attributes;
    }

    /** The spans of a transaction may also stand in an object, as PHP writes a list with gaps. */
    private boolean isList(JsonToken token) {
      return token == JsonToken.START_ARRAY
          || (token == JsonToken.START_OBJECT && this == TRANSACTION);
    }
  }

  /**
   * One element of the list.
   *
   * @param fields all but its attributes; missing ones when it is no object
   */
  record Span(JsonNode fields, Attributes.Builder attributes) {}

  /**
   * The item.
   *
   * @param fields all but its list
   * @param listed whether it has a list
   */
  record Item(JsonNode fields, boolean listed, List<Span> spans) {}

  /**
   * Reads one item; its list is there as a whole or not at all.
   *
   * @throws Malformed when it is not JSON, or no object
   */
  static Item read(byte[] bytes, int offset, int length, Shape shape) throws Malformed {
    return Json.readObject(bytes, offset, length, in -> new SentryTokens(in, shape).item());
  }

  private Item item() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    boolean listed = false;
    List<Span> spans = List.of();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken token = in.nextToken();
      if (!name.equals(shape.list)) {
        fields.set(name, value());
      } else {
        listed = shape.isList(token);
        spans = listed ? spans() : List.of();
        in.skipChildren();
      }
    }
    return new Item(fields, listed, spans);
  }

  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (JsonToken token = in.nextToken(); !token.isStructEnd(); token = in.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        spans.add(span());
      } else if (token != JsonToken.PROPERTY_NAME) {
        spans.add(new Span(value(), Attributes.builder()));
      }
    }
    return spans;
  }

  private Span span() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    Attributes.Builder attributes = Attributes.builder();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken token = in.nextToken();
      if (name.equals(shape.attributes)) {
        attributes = Attributes.builder();
        attributes(attributes, token);
      } else {
        fields.set(name, name.equals("trace_id") ? trace(token) : value());
      }
    }
    return new Span(fields, attributes);
  }

  /** The spans of an item mostly have one trace; then they share the text. */
  private JsonNode trace(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      return value();
    }
    String id = in.getString();
    lastTrace = id.equals(lastTrace) ? lastTrace : id;
    return StringNode.valueOf(lastTrace);
  }

  private void attributes(Attributes.Builder attributes, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken value = in.nextToken();
      attributes.put(name, shape == Shape.STREAMED ? typed(value) : plain(value));
    }
  }

  private @Nullable Object typed(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    String type = "";
    JsonNode value = JsonNodeFactory.instance.missingNode();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      switch (name) {
        case "type" -> type = value().asString("");
        case "value" -> value = value();
        default -> in.skipChildren();
      }
    }
    return SentryAttributes.typed(type, value);
  }

  private @Nullable Object plain(JsonToken token) {
    return token == JsonToken.VALUE_STRING ? text() : Json.value(value());
  }

  /** The value at which the parser stands; afterwards it stands at its end. */
  private JsonNode value() {
    return in.currentToken() == JsonToken.VALUE_STRING
        ? StringNode.valueOf(text())
        : in.readValueAsTree();
  }

  private String text() {
    int length = in.getStringLength();
    return length > Words.LONGEST
        ? in.getString()
        : VALUES.text(in.getStringCharacters(), in.getStringOffset(), length);
  }
}
