package io.onlooker.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what anthropic-java parsed without the exceptions that its plain accessors throw. */
final class Known {

  private Known() {}

  /** The value, or null when it is missing, null or of another type. */
  static <T> @Nullable T of(JsonField<T> field) {
    return field.asKnown().orElse(null);
  }

  /** The value as text: strings, and the constants that stand for strings. */
  static @Nullable String text(@Nullable JsonField<?> field) {
    if (field == null) {
      return null;
    }
    Object value = field.asKnown().orElse(null);
    return value == null ? field.asString().orElse(null) : value.toString();
  }

  static <T> List<T> list(JsonField<List<T>> field) {
    return field.asKnown().orElse(List.of());
  }

  static @Nullable Number number(@Nullable JsonField<?> field) {
    return field == null ? null : field.asNumber().orElse(null);
  }

  static boolean flag(@Nullable JsonField<?> field) {
    return field != null && field.asBoolean().orElse(false);
  }

  /** The strings of an array. */
  static List<String> texts(@Nullable JsonField<?> field) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : field == null ? List.<JsonValue>of() : array(field)) {
      String text = text(value);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<JsonValue> array(JsonField<?> field) {
    return field.asArray().orElse(List.of());
  }

  /** The fields of an object; none of what is no object. */
  static Map<String, JsonValue> object(@Nullable JsonField<?> field) {
    return field == null ? Map.of() : field.asObject().orElse(Map.of());
  }

  /** Whether there is anything at all. */
  static boolean given(@Nullable JsonField<?> field) {
    return field != null && !field.isMissing() && !field.isNull();
  }
}
