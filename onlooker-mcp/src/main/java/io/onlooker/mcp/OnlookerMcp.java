package io.onlooker.mcp;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.onlooker.Onlooker;
import java.util.function.Supplier;

/**
 * Records what goes over the transports of the MCP Java SDK: {@code
 * McpClient.sync(OnlookerMcp.trace(transport))}, {@code
 * McpServer.sync(OnlookerMcp.trace(provider))}; or what a server does when it is asked, over any
 * transport: {@code server.tools(OnlookerMcp.trace(tool))}.
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
   * A server's transports, over stdio or SSE, whose requests are recorded as they are handled. Over
   * streamable HTTP with sessions it is what the server offers that is traced: {@link
   * #trace(SyncToolSpecification)}.
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

  /**
   * A tool whose calls are recorded as its handler runs, whatever the transport, streamable HTTP
   * with sessions included: below the client's span when the request tells of it, else below the
   * thread's current one. A request that a traced transport records already is not recorded twice;
   * its span is the current one for the handler then.
   */
  public static SyncToolSpecification trace(SyncToolSpecification tool) {
    return new Specifications(Onlooker::current).traced(tool);
  }

  /** As {@link #trace(SyncToolSpecification)}, recorded by this Onlooker. */
  public static SyncToolSpecification trace(SyncToolSpecification tool, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(tool);
  }

  /**
   * As {@link #trace(SyncToolSpecification)}, from each subscription to its end; cancelled when
   * nobody waits any more.
   */
  public static AsyncToolSpecification trace(AsyncToolSpecification tool) {
    return new Specifications(Onlooker::current).traced(tool);
  }

  /** As {@link #trace(AsyncToolSpecification)}, recorded by this Onlooker. */
  public static AsyncToolSpecification trace(AsyncToolSpecification tool, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(tool);
  }

  /** As {@link #trace(SyncToolSpecification)}, for a resource that is read. */
  public static SyncResourceSpecification trace(SyncResourceSpecification resource) {
    return new Specifications(Onlooker::current).traced(resource);
  }

  /** As {@link #trace(SyncResourceSpecification)}, recorded by this Onlooker. */
  public static SyncResourceSpecification trace(
      SyncResourceSpecification resource, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(resource);
  }

  /** As {@link #trace(AsyncToolSpecification)}, for a resource that is read. */
  public static AsyncResourceSpecification trace(AsyncResourceSpecification resource) {
    return new Specifications(Onlooker::current).traced(resource);
  }

  /** As {@link #trace(AsyncResourceSpecification)}, recorded by this Onlooker. */
  public static AsyncResourceSpecification trace(
      AsyncResourceSpecification resource, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(resource);
  }

  /** As {@link #trace(SyncToolSpecification)}, for the resources of a template. */
  public static SyncResourceTemplateSpecification trace(
      SyncResourceTemplateSpecification template) {
    return new Specifications(Onlooker::current).traced(template);
  }

  /** As {@link #trace(SyncResourceTemplateSpecification)}, recorded by this Onlooker. */
  public static SyncResourceTemplateSpecification trace(
      SyncResourceTemplateSpecification template, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(template);
  }

  /** As {@link #trace(AsyncToolSpecification)}, for the resources of a template. */
  public static AsyncResourceTemplateSpecification trace(
      AsyncResourceTemplateSpecification template) {
    return new Specifications(Onlooker::current).traced(template);
  }

  /** As {@link #trace(AsyncResourceTemplateSpecification)}, recorded by this Onlooker. */
  public static AsyncResourceTemplateSpecification trace(
      AsyncResourceTemplateSpecification template, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(template);
  }

  /** As {@link #trace(SyncToolSpecification)}, for a prompt. */
  public static SyncPromptSpecification trace(SyncPromptSpecification prompt) {
    return new Specifications(Onlooker::current).traced(prompt);
  }

  /** As {@link #trace(SyncPromptSpecification)}, recorded by this Onlooker. */
  public static SyncPromptSpecification trace(SyncPromptSpecification prompt, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(prompt);
  }

  /** As {@link #trace(AsyncToolSpecification)}, for a prompt. */
  public static AsyncPromptSpecification trace(AsyncPromptSpecification prompt) {
    return new Specifications(Onlooker::current).traced(prompt);
  }

  /** As {@link #trace(AsyncPromptSpecification)}, recorded by this Onlooker. */
  public static AsyncPromptSpecification trace(AsyncPromptSpecification prompt, Onlooker onlooker) {
    return new Specifications(always(onlooker)).traced(prompt);
  }

  private static Supplier<Onlooker> always(Onlooker onlooker) {
    requireNonNull(onlooker, "onlooker");
    return () -> onlooker;
  }
}
