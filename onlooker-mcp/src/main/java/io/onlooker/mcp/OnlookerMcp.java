package io.onlooker.mcp;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.onlooker.Onlooker;
import java.util.function.Supplier;

/**
 * Records what goes over the transports of the MCP Java SDK: {@code
 * McpClient.sync(OnlookerMcp.trace(transport))}, {@code
 * McpServer.sync(OnlookerMcp.trace(provider))}.
 *
 * <p>What is given back does what the given one does. A request that is recorded carries {@code
 * traceparent} in its {@code _meta}, by which a server that is traced goes on with the trace.
 * Content is recorded as {@link Onlooker#sendDefaultPii} says. Safe for many threads.
 */
public final class OnlookerMcp {

  private OnlookerMcp() {}

  /**
   * A client's transport whose calls of tools, resources and prompts are recorded below the span
   * that is current where they are made.
   */
  public static McpClientTransport trace(McpClientTransport transport) {
    return ClientTransport.of(requireNonNull(transport, "transport"), Onlooker::current);
  }

  /** As {@link #trace(McpClientTransport)}, recorded by this Onlooker. */
  public static McpClientTransport trace(McpClientTransport transport, Onlooker onlooker) {
    return ClientTransport.of(requireNonNull(transport, "transport"), always(onlooker));
  }

  /**
   * A server's transports, over stdio or SSE, whose requests are recorded as they are handled. What
   * serves streamable HTTP with sessions has no place for it in the SDK.
   */
  public static McpServerTransportProvider trace(McpServerTransportProvider provider) {
    return ServerSessions.of(requireNonNull(provider, "provider"), Onlooker::current);
  }

  /** As {@link #trace(McpServerTransportProvider)}, recorded by this Onlooker. */
  public static McpServerTransportProvider trace(
      McpServerTransportProvider provider, Onlooker onlooker) {
    return ServerSessions.of(requireNonNull(provider, "provider"), always(onlooker));
  }

  /** As {@link #trace(McpServerTransportProvider)}, for a server without sessions. */
  public static McpStatelessServerTransport trace(McpStatelessServerTransport transport) {
    return StatelessTransport.of(requireNonNull(transport, "transport"), Onlooker::current);
  }

  /** As {@link #trace(McpStatelessServerTransport)}, recorded by this Onlooker. */
  public static McpStatelessServerTransport trace(
      McpStatelessServerTransport transport, Onlooker onlooker) {
    return StatelessTransport.of(requireNonNull(transport, "transport"), always(onlooker));
  }

  private static Supplier<Onlooker> always(Onlooker onlooker) {
    requireNonNull(onlooker, "onlooker");
    return () -> onlooker;
  }
}
