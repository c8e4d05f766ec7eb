package io.onlooker.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import io.onlooker.Usage;
import io.onlooker.instrument.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns openai-java's objects into the JSON they stand for, as maps, lists and scalars. */
final class Trees {

  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  private Trees() {}

  /** The value's JSON without the bytes of images, audio and files. */
  static @Nullable Object of(@Nullable Object value) {
    return Content.withoutBlobs(MAPPER.convertValue(value, Object.class));
  }

  /** The value as an object; empty when it is none. */
  static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (of(value) instanceof Map<?, ?> tree) {
      tree.forEach((key, field) -> put(map, String.valueOf(key), field));
    }
    return map;
  }

  /** The objects among the elements of a list. */
  static List<Map<String, Object>> maps(List<?> values) {
    List<Map<String, Object>> maps = new ArrayList<>();
    values.forEach(value -> maps.add(map(value)));
    return maps;
  }

  static String json(@Nullable Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("json: " + e.getMessage(), e);
    }
  }

  /** The usage of chat completions, responses and embeddings, whose words differ; null: unknown. */
  static @Nullable Usage usage(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    Map<String, Object> usage = map(value);
    Map<?, ?> input = object(usage, "prompt_tokens_details", "input_tokens_details");
    Map<?, ?> output = object(usage, "completion_tokens_details", "output_tokens_details");
    return new Usage(
        number(usage, "prompt_tokens", "input_tokens"),
        number(usage, "completion_tokens", "output_tokens"),
        number(input, "cached_tokens"),
        number(input, "cache_write_tokens"),
        number(output, "reasoning_tokens"));
  }

  private static Map<?, ?> object(Map<?, ?> map, String... names) {
    for (String name : names) {
      if (map.get(name) instanceof Map<?, ?> object) {
        return object;
      }
    }
    return Map.of();
  }

  private static @Nullable Long number(Map<?, ?> map, String... names) {
    for (String name : names) {
      if (map.get(name) instanceof Number number) {
        return number.longValue();
      }
    }
    return null;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
