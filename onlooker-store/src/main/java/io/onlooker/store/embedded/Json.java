package io.onlooker.store.embedded;

import io.onlooker.Attributes;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.SpanEvent;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Nested values in files: text that any tool reads. Whole numbers have no point and fractions have
 * one, so that each comes back as what it was.
 */
final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  static String list(List<?> list) {
    return write(json -> value(json, list));
  }

  static List<?> list(String text) {
    return (List<?>) read(text);
  }

  static String object(Map<String, ?> map) {
    return write(json -> value(json, map));
  }

  static String attributes(Attributes attributes) {
    return write(json -> value(json, attributes.toMap()));
  }

  static Attributes attributes(@Nullable Object read) {
    return read == null ? Attributes.EMPTY : Attributes.of(map(read));
  }

  static String events(List<SpanEvent> events) {
    return list(events.stream().map(Json::event).toList());
  }

  static List<SpanEvent> events(String text) {
    return list(text).stream().map(read -> event(map(read))).toList();
  }

  private static Map<String, Object> event(SpanEvent event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time_nanos", event.timeNanos());
    map.put("name", event.name());
    map.put("attributes", event.attributes().toMap());
    return map;
  }

  private static SpanEvent event(Map<String, Object> map) {
    return new SpanEvent(
        (Long) required(map, "time_nanos"),
        (String) required(map, "name"),
        attributes(map.get("attributes")));
  }

  static String exceptions(List<ExceptionData> exceptions) {
    return list(exceptions.stream().map(Json::exception).toList());
  }

  static List<ExceptionData> exceptions(String text) {
    return list(text).stream().map(read -> exception(map(read))).toList();
  }

  private static Map<String, @Nullable Object> exception(ExceptionData exception) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("type", exception.type());
    map.put("value", exception.value());
    map.put("handled", exception.handled());
    map.put("frames", exception.frames().stream().map(Json::frame).toList());
    return map;
  }

  private static ExceptionData exception(Map<String, Object> map) {
    List<?> frames = (List<?>) required(map, "frames");
    return new ExceptionData(
        (String) required(map, "type"),
        (String) map.get("value"),
        (Boolean) map.get("handled"),
        frames.stream().map(read -> frame(map(read))).toList());
  }

  private static Map<String, @Nullable Object> frame(Frame frame) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("module", frame.module());
    map.put("function", frame.function());
    map.put("file", frame.file());
    map.put("line", (long) frame.line());
    map.put("in_app", frame.inApp());
    return map;
  }

  private static Frame frame(Map<String, Object> map) {
    return new Frame(
        (String) map.get("module"),
        (String) map.get("function"),
        (String) map.get("file"),
        (int) (long) (Long) required(map, "line"),
        (Boolean) required(map, "in_app"));
  }

  private static Object required(Map<String, Object> map, String name) {
    Object value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": missing (expected in " + map.keySet() + ")");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object read) {
    return (Map<String, Object>) read;
  }

  private static String write(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(json);
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Long whole -> json.writeNumber(whole);
      case Double fraction -> json.writeNumber(fraction);
      case Boolean flag -> json.writeBoolean(flag);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((key, element) -> {
          json.writeName((String) key);
          value(json, element);
        });
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("value: " + value.getClass());
    }
  }

  static Object read(String text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      Object value = value(json);
      if (value == null) {
        throw new IllegalArgumentException("JSON: null (expected: a value)");
      }
      return value;
    }
  }

  private static @Nullable Object value(JsonParser json) {
    JsonToken token = json.currentToken();
    return switch (token) {
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> array(json);
      case START_OBJECT -> object(json);
      case null, default -> null;
    };
  }

  private static List<Object> array(JsonParser json) {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(json);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private static Map<String, Object> object(JsonParser json) {
    Map<String, Object> map = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }
}
