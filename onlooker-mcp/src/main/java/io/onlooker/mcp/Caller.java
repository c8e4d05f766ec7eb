package io.onlooker.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;

/** Who asks a handler; unknown where the application calls it without an exchange. */
record Caller(@Nullable McpTransportContext context, @Nullable Implementation client) {

  private static final Caller UNKNOWN = new Caller(null, null);

  static Caller of(@Nullable McpSyncServerExchange exchange) {
    return exchange == null
        ? UNKNOWN
        : new Caller(exchange.transportContext(), exchange.getClientInfo());
  }

  static Caller of(@Nullable McpAsyncServerExchange exchange) {
    return exchange == null
        ? UNKNOWN
        : new Caller(exchange.transportContext(), exchange.getClientInfo());
  }

  /** The request as the transport records it; null when it does not. */
  @Nullable ServerCall recorded() {
    return context == null ? null : RecordedContext.call(context);
  }
}
