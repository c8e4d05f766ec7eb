package io.onlooker.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import org.jspecify.annotations.Nullable;

/** Tells a handler, on whatever thread it runs, that the transport records its request. */
record RecordedContext(McpTransportContext target, ServerCall call) implements McpTransportContext {

  private static final String CALL = "io.onlooker.mcp.call";

  static @Nullable ServerCall call(McpTransportContext context) {
    return context.get(CALL) instanceof ServerCall call ? call : null;
  }

  @Override
  public @Nullable Object get(String key) {
    return key.equals(CALL) ? call : target.get(key);
  }
}
