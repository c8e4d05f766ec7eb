package io.onlooker.anthropic;

import com.anthropic.core.JsonMissing;
import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onlooker.instrument.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns anthropic-java's objects into the JSON they stand for, as maps, lists and scalars. */
final class Trees {

  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  private Trees() {}

  /** The value's JSON without the bytes of images and files. */
  static @Nullable Object of(@Nullable Object value) {
    return Content.withoutBlobs(MAPPER.convertValue(value, Object.class));
  }

  /** The value as an object; empty when it is none. */
  static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (of(value) instanceof Map<?, ?> tree) {
      tree.forEach((name, field) -> put(map, String.valueOf(name), field));
    }
    return map;
  }

  /** The objects among the elements of a list; what is no list is its only element. */
  static List<Map<String, Object>> maps(@Nullable Object value) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (of(value) instanceof List<?> list) {
      list.forEach(element -> maps.add(map(element)));
    } else {
      maps.add(map(value));
    }
    return maps;
  }

  static String json(@Nullable Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("json: " + e.getMessage(), e);
    }
  }

  /** What the JSON says; nothing of what is none. */
  static JsonValue value(String json) {
    JsonValue value = read(json, JsonValue.class);
    return value == null ? JsonMissing.of() : value;
  }

  /** The JSON as an object of anthropic-java's; null when it is none. */
  static <T> @Nullable T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** What the JSON says; the text itself when it is none, as of a tool call that was cut off. */
  static Object parsed(String json) {
    try {
      Object tree = MAPPER.readValue(json, Object.class);
      return tree == null ? json : tree;
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
