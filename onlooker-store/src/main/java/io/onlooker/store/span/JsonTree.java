package io.onlooker.store.span;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text as maps, lists, strings, numbers and booleans, and back.
 *
 * <p>Clients cut long values, so what stands before a break counts: of a list of messages cut in
 * its second one, the first is read.
 */
final class JsonTree {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTree() {}

  /** The map, list or string that the text is the JSON of, or null when it is plain text. */
  static @Nullable Object read(String text) {
    if (!looksLikeJson(text)) {
      return null;
    }
    Reading reading = new Reading();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      reading.all(parser);
    } catch (JacksonException e) {
      return reading.partial();
    }
    return reading.root;
  }

  static String write(Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(tree, generator);
    }
    return text.toString();
  }

  private static boolean looksLikeJson(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && "[{\"".indexOf(text.charAt(at)) >= 0;
  }

  private static void write(@Nullable Object value, JsonGenerator out) {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((key, member) -> {
          out.writeName((String) key);
          write(member, out);
        });
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(element -> write(element, out));
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case null, default -> out.writeNull();
    }
  }

  /** Builds the tree without recursion; depth is bounded by the parser. */
  private static final class Reading {

    private final Deque<Object> open = new ArrayDeque<>();
    private @Nullable Object root;
    private @Nullable String name;
    private boolean anything;

    void all(JsonParser parser) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        next(token, parser);
        if (open.isEmpty() && token != JsonToken.PROPERTY_NAME) {
          expectEnd(parser);
          return;
        }
      }
    }

    private void expectEnd(JsonParser parser) {
      if (parser.nextToken() != null) {
        root = null;
        anything = false;
      }
    }

    private void next(JsonToken token, JsonParser parser) {
      switch (token) {
        case START_OBJECT -> push(new LinkedHashMap<String, @Nullable Object>());
        case START_ARRAY -> push(new ArrayList<@Nullable Object>());
        case END_OBJECT, END_ARRAY -> open.pop();
        case PROPERTY_NAME -> name = parser.currentName();
        case VALUE_STRING -> add(parser.getString());
        case VALUE_NUMBER_INT -> add(whole(parser));
        case VALUE_NUMBER_FLOAT -> add(parser.getDoubleValue());
        case VALUE_TRUE, VALUE_FALSE -> add(token == JsonToken.VALUE_TRUE);
        default -> add(null);
      }
    }

    private static Object whole(JsonParser parser) {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? parser.getString()
          : (Object) parser.getLongValue();
    }

    private void push(Object container) {
      add(container);
      open.push(container);
    }

    @SuppressWarnings("unchecked") // only the two kinds of container made above are pushed
    private void add(@Nullable Object value) {
      anything |= value != null && !(value instanceof Map) && !(value instanceof List);
      switch (open.peek()) {
        case null -> root = value;
        case Map<?, ?> map ->
            ((Map<String, @Nullable Object>) map).put(String.valueOf(name), value);
        case Object list -> ((List<@Nullable Object>) list).add(value);
      }
    }

    /** What was read before the break; nothing when that holds no value, as in {@code [EMAIL]}. */
    private @Nullable Object partial() {
      return anything && !open.isEmpty() ? root : null;
    }
  }
}
