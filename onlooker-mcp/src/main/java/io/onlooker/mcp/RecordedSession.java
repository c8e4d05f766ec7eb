package io.onlooker.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A session whose requests are recorded; everything is done by the one it stands before. */
final class RecordedSession extends McpServerSession {

  private final McpServerSession target;
  private final ServerCalls calls;

  RecordedSession(McpServerSession target, McpServerTransport transport, ServerCalls calls) {
    super(target.getId(), Duration.ZERO, transport, any -> Mono.empty(), Map.of(), Map.of());
    this.target = target;
    this.calls = calls;
  }

  @Override
  public Mono<Void> handle(JSONRPCMessage message) {
    return message instanceof JSONRPCRequest request
        ? calls.recorded(request, () -> target.handle(message))
        : target.handle(message);
  }

  @Override
  public String getId() {
    return target.getId();
  }

  @Override
  public void init(McpSchema.ClientCapabilities capabilities, McpSchema.Implementation client) {
    target.init(capabilities, client);
  }

  @Override
  public void setMinLoggingLevel(McpSchema.LoggingLevel level) {
    target.setMinLoggingLevel(level);
  }

  @Override
  public boolean isNotificationForLevelAllowed(McpSchema.LoggingLevel level) {
    return target.isNotificationForLevelAllowed(level);
  }

  @Override
  public <T> Mono<T> sendRequest(String method, Object params, TypeRef<T> type) {
    return target.sendRequest(method, params, type);
  }

  @Override
  public Mono<Void> sendNotification(String method, Object params) {
    return target.sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return target.closeGracefully();
  }

  @Override
  public void close() {
    target.close();
  }
}
