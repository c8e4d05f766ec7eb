package io.onlooker.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.onlooker.Onlooker;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The transport of a server without sessions: ids are the clients' own, each request alone. */
final class StatelessTransport extends Forwarding {

  private final Supplier<Onlooker> onlooker;

  private StatelessTransport(McpStatelessServerTransport target, Supplier<Onlooker> onlooker) {
    super(target);
    this.onlooker = onlooker;
  }

  static McpStatelessServerTransport of(
      McpStatelessServerTransport target, Supplier<Onlooker> onlooker) {
    return proxy(McpStatelessServerTransport.class, new StatelessTransport(target, onlooker));
  }

  @Override
  @Nullable Object call(Method method, Object[] args) throws Throwable {
    if (args.length == 1 && args[0] instanceof McpStatelessServerHandler handler) {
      return pass(method, new Handler(handler, onlooker));
    }
    return pass(method, args);
  }

  private record Handler(McpStatelessServerHandler target, Supplier<Onlooker> onlooker)
      implements McpStatelessServerHandler {

    @Override
    public Mono<JSONRPCResponse> handleRequest(
        McpTransportContext context, JSONRPCRequest request) {
      ServerCalls calls = new ServerCalls(onlooker, null);
      return calls.recorded(
          request, () -> target.handleRequest(context, request).doOnNext(calls::answered));
    }

    @Override
    public Mono<Void> handleNotification(
        McpTransportContext context, JSONRPCNotification notification) {
      return target.handleNotification(context, notification);
    }
  }
}
