package io.onlooker.server.demo;

import org.jspecify.annotations.Nullable;

/** How a session ends: with an error's type and message, in a tool or outside any. */
enum Fate {
  WELL(null, null, null),
  /** Its tool fails once, and then answers. */
  RECOVERS("WarehouseUnavailable", "warehouse answered 503", "search_kb"),
  TOOL_TIMEOUT("ToolTimeout", "check_order timed out after 30 s", "check_order"),
  RATE_LIMIT("RateLimitError", "429 from openai: too many requests", null),
  BAD_JSON("JSON.parse", "Unexpected token '<' at position 0", null),
  CONTEXT_LENGTH("ContextLengthExceeded", "131,402 tokens (expected: at most 128,000)", null);

  final @Nullable String type;
  final @Nullable String message;
  final @Nullable String tool;

  Fate(@Nullable String type, @Nullable String message, @Nullable String tool) {
    this.type = type;
    this.message = message;
    this.tool = tool;
  }

  boolean fails() {
    return this != WELL && this != RECOVERS;
  }
}
