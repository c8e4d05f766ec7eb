package io.onlooker.adk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tool did what it was asked. ADK swallows what a function throws and gives the model
 * {@code {status: error, message: …}}, as its guide asks of tools themselves; its MCP tools and
 * refused confirmations give {@code {error: …}}.
 */
final class ToolResults {

  private ToolResults() {}

  /** Why it failed; null when it did not. */
  static @Nullable String failure(@Nullable Map<String, Object> result) {
    if (result == null) {
      return null;
    }
    if ("error".equalsIgnoreCase(String.valueOf(result.get("status")))) {
      return text(result, "error_message", text(result, "message", "error"));
    }
    Object error = result.get("error");
    return error == null || error.equals(false) || error.equals("") ? null : error.toString();
  }

  private static String text(Map<String, Object> result, String key, String otherwise) {
    Object value = result.get(key);
    return value == null ? otherwise : value.toString();
  }
}
