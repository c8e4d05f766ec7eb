package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.onlooker.Onlooker;
import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A client's transport: requests are seen as they go, responses before the client does. */
final class ClientTransport extends Forwarding {

  private final ClientCalls calls;

  private ClientTransport(McpClientTransport target, ClientCalls calls) {
    super(target);
    this.calls = calls;
  }

  static McpClientTransport of(McpClientTransport target, Supplier<Onlooker> onlooker) {
    ClientCalls calls = new ClientCalls(target, onlooker);
    return proxy(McpClientTransport.class, new ClientTransport(target, calls));
  }

  @Override
  @Nullable Object call(Method method, Object[] args) throws Throwable {
    return switch (method.getName()) {
      case "connect" -> pass(method, seen(args[0]));
      case "sendMessage" -> send(method, args);
      case "close", "closeGracefully" -> {
        calls.closed();
        yield pass(method, args);
      }
      default -> pass(method, args);
    };
  }

  @SuppressWarnings("unchecked") // what the interface declares
  private Object seen(Object handler) {
    var whole = (Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>>) handler;
    Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> seen =
        messages -> whole.apply(messages.doOnNext(calls::received));
    return seen;
  }

  private @Nullable Object send(Method method, Object[] args) throws Throwable {
    if (!(args[0] instanceof JSONRPCRequest request)) {
      return pass(method, args);
    }
    JSONRPCRequest sent = calls.sent(request);
    try {
      Object result = pass(method, sent);
      return result instanceof Mono<?> mono
          ? mono.doOnError(e -> calls.failed(request.id(), e))
          : result;
    } catch (Throwable e) {
      calls.failed(request.id(), e);
      throw e;
    }
  }
}
