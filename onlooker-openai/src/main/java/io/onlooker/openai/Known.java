package io.onlooker.openai;

import com.openai.core.JsonField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what openai-java parsed without the exceptions that its plain accessors throw. */
final class Known {

  private Known() {}

  /** The value, or null when it is missing, null or of another type. */
  static <T> @Nullable T of(JsonField<T> field) {
    return field.asKnown().orElse(null);
  }

  static <T> List<T> list(@Nullable JsonField<List<T>> field) {
    return field == null ? List.of() : field.asKnown().orElse(List.of());
  }

  /** The text of an enumeration's value; those of openai-java fail for what is not text. */
  static @Nullable String text(JsonField<String> value) {
    return value.asString().orElse(null);
  }

  static @Nullable Integer integer(JsonField<Long> field) {
    Long number = of(field);
    return number == null ? null : (int) Math.min(number, Integer.MAX_VALUE);
  }
}
