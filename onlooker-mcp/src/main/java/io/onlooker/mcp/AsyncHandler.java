package io.onlooker.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Request;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** A handler whose requests are recorded, from each subscription to its end. */
record AsyncHandler<Q extends Request, R>(
    HandledRequests requests, BiFunction<McpAsyncServerExchange, Q, Mono<R>> target)
    implements BiFunction<McpAsyncServerExchange, Q, Mono<R>> {

  @Override
  public Mono<R> apply(McpAsyncServerExchange exchange, Q request) {
    return Mono.defer(() -> {
      Caller caller = Caller.of(exchange);
      ServerCall above = caller.recorded();
      if (above != null) {
        return new SubscribedWithin<>(above, () -> target.apply(exchange, request));
      }
      ServerCall call = requests.start(caller, request);
      return call == null ? target.apply(exchange, request) : recorded(call, exchange, request);
    });
  }

  private Mono<R> recorded(ServerCall call, McpAsyncServerExchange exchange, Q request) {
    return new SubscribedWithin<>(call, () -> target.apply(exchange, request))
        .doOnSuccess(call::handled)
        .doOnError(call::failed)
        .doOnTerminate(() -> call.span().end())
        .doOnCancel(call::cancelled);
  }
}
