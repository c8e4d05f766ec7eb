package io.onlooker.adk;

import com.google.adk.models.BaseLlm;
import com.google.adk.models.Model;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose model it is, as spans name providers; seed 004 writes {@code openai/gpt-4o}. */
final class Providers {

  /** What stands before a slash in a model's name, where somebody put it there. */
  private static final Map<String, String> BY_PREFIX =
      Map.of(
          "openai", "openai",
          "anthropic", "anthropic",
          "google", "gcp.gemini",
          "gemini", "gcp.gemini",
          "vertex_ai", "gcp.vertex_ai");

  private Providers() {}

  /** The provider; null when neither class nor name tell. */
  static @Nullable String of(@Nullable Model model, String name) {
    String before = BY_PREFIX.get(prefix(name));
    if (before != null) {
      return before;
    }
    String type =
        Optional.ofNullable(model).flatMap(Model::model).map(Providers::typeOf).orElse("");
    if (type.equals("Claude") || name.startsWith("claude")) {
      return "anthropic";
    }
    return type.equals("Gemini") || name.startsWith("gemini") ? "gcp.gemini" : null;
  }

  private static String typeOf(BaseLlm model) {
    return model.getClass().getSimpleName();
  }

  /** The model's name without the provider's. */
  static String bare(String name) {
    return BY_PREFIX.containsKey(prefix(name)) ? name.substring(name.indexOf('/') + 1) : name;
  }

  private static String prefix(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(0, slash).toLowerCase(Locale.ROOT);
  }
}
