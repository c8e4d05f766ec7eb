package io.onlooker.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A weather server of the SDK's, and a client of the SDK's that is connected to it. */
record Peers(Wire wire, McpSyncServer server, McpSyncClient client, CountDownLatch silence)
    implements AutoCloseable {

  static Peers open(
      UnaryOperator<McpClientTransport> clientSide,
      UnaryOperator<McpServerTransportProvider> serverSide,
      Function<CallToolRequest, String> forecast) {
    Wire wire = Wire.open();
    CountDownLatch silence = new CountDownLatch(1);
    McpSyncServer server = server(serverSide.apply(provider(wire)), forecast, silence);
    return connected(wire, server, clientSide, silence);
  }

  /** A server that has one tool, and runs it where the SDK likes. */
  static Peers offering(
      UnaryOperator<McpServerTransportProvider> serverSide, SyncToolSpecification tool) {
    Wire wire = Wire.open();
    McpSyncServer server = McpServer.sync(serverSide.apply(provider(wire))).tools(tool).build();
    return connected(wire, server, UnaryOperator.identity(), new CountDownLatch(0));
  }

  private static Peers connected(
      Wire wire,
      McpSyncServer server,
      UnaryOperator<McpClientTransport> clientSide,
      CountDownLatch silence) {
    McpSyncClient client =
        McpClient.sync(clientSide.apply(wire))
            .clientInfo(new McpSchema.Implementation("planner", "2.0"))
            .requestTimeout(Duration.ofSeconds(20))
            .build();
    client.initialize();
    return new Peers(wire, server, client, silence);
  }

  private static McpServerTransportProvider provider(Wire wire) {
    try {
      return new StdioServerTransportProvider(
          Wire.JSON, wire.server().getInputStream(), wire.server().getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static McpSyncServer server(
      McpServerTransportProvider provider,
      Function<CallToolRequest, String> forecast,
      CountDownLatch silence) {
    return McpServer.sync(provider)
        .serverInfo("weather", "1.2.3")
        .immediateExecution(true)
        .tools(
            Tools.sync("forecast", request -> result(forecast.apply(request), false)),
            Tools.sync("refuse", request -> result("no such city", true)),
            Tools.sync("silent", request -> silent(silence)))
        .resources(
            new SyncResourceSpecification(
                McpSchema.Resource.builder().uri("weather://seoul").name("seoul").build(),
                (exchange, request) ->
                    new ReadResourceResult(
                        List.of(
                            new McpSchema.TextResourceContents(
                                request.uri(), "text/plain", "Sunny.")))))
        .prompts(
            new SyncPromptSpecification(
                new McpSchema.Prompt("greet", "Greets.", List.of()),
                (exchange, request) -> new GetPromptResult("Greets.", List.of())))
        .build();
  }

  private static CallToolResult result(String text, boolean failed) {
    return CallToolResult.builder().addTextContent(text).isError(failed).build();
  }

  private static CallToolResult silent(CountDownLatch silence) {
    try {
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return result("…", false);
  }

  CallToolResult call(String tool) {
    return client.callTool(new CallToolRequest(tool, java.util.Map.of("city", "Seoul")));
  }

  @Override
  public void close() {
    silence.countDown();
    client.close();
    server.close();
    wire.close();
  }
}
