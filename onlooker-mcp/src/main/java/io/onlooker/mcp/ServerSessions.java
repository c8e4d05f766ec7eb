package io.onlooker.mcp;

import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.onlooker.Onlooker;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A provider whose sessions are recorded, each over the transport it is given. */
final class ServerSessions extends Forwarding {

  private final Supplier<Onlooker> onlooker;

  private ServerSessions(McpServerTransportProvider target, Supplier<Onlooker> onlooker) {
    super(target);
    this.onlooker = onlooker;
  }

  static McpServerTransportProvider of(
      McpServerTransportProvider target, Supplier<Onlooker> onlooker) {
    return proxy(McpServerTransportProvider.class, new ServerSessions(target, onlooker));
  }

  @Override
  @Nullable Object call(Method method, Object[] args) throws Throwable {
    if (args.length == 1 && args[0] instanceof McpServerSession.Factory factory) {
      McpServerSession.Factory recorded = transport -> session(factory, transport);
      return pass(method, recorded);
    }
    return pass(method, args);
  }

  private McpServerSession session(McpServerSession.Factory factory, McpServerTransport transport) {
    ServerCalls calls = new ServerCalls(onlooker, transport);
    McpServerTransport noting = calls.noting(McpServerTransport.class, transport);
    return new RecordedSession(factory.create(noting), noting, calls);
  }
}
