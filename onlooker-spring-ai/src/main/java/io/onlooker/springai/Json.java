package io.onlooker.springai;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON, with the library that Spring AI brings. */
final class Json {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static String write(Object tree) {
    return MAPPER.writeValueAsString(tree);
  }

  /** What a text says as JSON, or the text itself if it is none. */
  static @Nullable Object read(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JacksonException e) {
      return text;
    }
  }
}
