package io.onlooker.mcp;

import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Request;
import java.util.function.BiFunction;

/** A handler whose requests are recorded, from call to return. */
record SyncHandler<Q extends Request, R>(
    HandledRequests requests, BiFunction<McpSyncServerExchange, Q, R> target)
    implements BiFunction<McpSyncServerExchange, Q, R> {

  @Override
  public R apply(McpSyncServerExchange exchange, Q request) {
    Caller caller = Caller.of(exchange);
    ServerCall above = caller.recorded();
    if (above != null) {
      return above.within(() -> target.apply(exchange, request));
    }
    ServerCall call = requests.start(caller, request);
    return call == null ? target.apply(exchange, request) : recorded(call, exchange, request);
  }

  private R recorded(ServerCall call, McpSyncServerExchange exchange, Q request) {
    try {
      R result = call.within(() -> target.apply(exchange, request));
      call.handled(result);
      return result;
    } catch (Throwable e) {
      call.failed(e);
      throw e;
    } finally {
      call.span().end();
    }
  }
}
