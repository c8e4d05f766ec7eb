package io.onlooker.mcp;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's own client and server, with Onlooker on one side, on both, and on none. */
@Timeout(60)
class TraceTest {

  private final SpanRecorder client = SpanRecorder.create(o -> o.sendDefaultPii(true));
  private final SpanRecorder server = SpanRecorder.create(o -> o.sendDefaultPii(true));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static String sunny(CallToolRequest request) {
    return "Sunny.";
  }

  private Peers both(Function<CallToolRequest, String> forecast) {
    return Peers.open(
        transport -> OnlookerMcp.trace(transport, client.onlooker()),
        provider -> OnlookerMcp.trace(provider, server.onlooker()),
        forecast);
  }

  private Peers clientOnly() {
    return Peers.open(
        transport -> OnlookerMcp.trace(transport, client.onlooker()),
        UnaryOperator.identity(),
        TraceTest::sunny);
  }

  @Test
  void tool_isOneTraceAcrossBothSides() {
    CallToolResult answer;
    try (Peers peers =
        both(request ->
            server.onlooker().startSpan(SpanOptions.named("GET /weather"), span -> "Sunny."))) {
      answer =
          client
              .onlooker()
              .startSpan(SpanOptions.toolCall("forecast"), span -> peers.call("forecast"));
    }

    assertThat(answer.content()).first().isInstanceOf(TextContent.class);
    SpanSnapshot calling = client.take("execute_tool forecast");
    SpanSnapshot outer = client.take("execute_tool forecast");
    assertThat(calling)
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasParent(outer)
        .hasAttribute(GenAi.TOOL_NAME, "forecast")
        .hasAttribute(GenAi.TOOL_SUCCESS, true)
        .hasAttribute(GenAi.MCP_SERVER_NAME, "weather")
        .hasAttribute(GenAi.MCP_SERVER_VERSION, "1.2.3")
        .hasAttribute("mcp.method.name", "tools/call")
        .hasAttribute("mcp.tool.result.is_error", false)
        .hasInput(Map.of("city", "Seoul"))
        .hasOutput("Sunny.");
    SpanSnapshot handling = server.take("tools/call forecast");
    assertThat(handling)
        .hasType(SpanType.GENERIC)
        .hasOp("mcp.server")
        .hasParent(calling)
        .hasAttribute("mcp.tool.name", "forecast")
        .hasAttribute("mcp.client.name", "planner")
        .hasAttribute("mcp.client.version", "2.0")
        .hasAttribute(GenAi.TOOL_SUCCESS, true)
        .hasInput(Map.of("city", "Seoul"))
        .hasOutput("Sunny.");
    assertThat(server.take("GET /weather")).hasParent(handling);
    assertThat(server.takeAll()).extracting(SpanSnapshot::name).containsExactly("initialize");
  }

  @Test
  void tool_thatFails() {
    try (Peers peers = both(TraceTest::sunny)) {
      assertThat(peers.call("refuse").isError()).isTrue();
    }

    for (SpanRecorder side : List.of(client, server)) {
      assertThat(side.takeAll())
          .filteredOn(span -> !span.name().equals("initialize"))
          .singleElement()
          .satisfies(span ->
              assertThat(span)
                  .hasStatus(SpanStatus.error("no such city"))
                  .hasAttribute(GenAi.TOOL_SUCCESS, false)
                  .hasAttribute("mcp.tool.result.is_error", true));
    }
  }

  @Test
  void tool_thatTheServerHasNot() {
    Throwable thrown;
    try (Peers peers = both(TraceTest::sunny)) {
      thrown = catchThrowable(() -> peers.call("nothing"));
    }

    assertThat(thrown).isNotNull();
    assertThat(client.take("execute_tool nothing"))
        .hasError("-32602")
        .hasAttribute(GenAi.TOOL_SUCCESS, false);
    server.take("initialize");
    assertThat(server.take("tools/call nothing")).hasError("-32602");
  }

  @Test
  void resource_andPrompt() {
    try (Peers peers = both(TraceTest::sunny)) {
      peers.client().readResource(new ReadResourceRequest("weather://seoul"));
      peers.client().getPrompt(new GetPromptRequest("greet", Map.of("who", "Alice")));
      peers.client().listTools();
    }

    SpanSnapshot reading = client.take("resources/read weather://seoul");
    assertThat(reading).hasOp("mcp.client").hasAttribute("mcp.resource.uri", "weather://seoul");
    SpanSnapshot greeting = client.take("prompts/get greet");
    assertThat(greeting).hasAttribute("mcp.prompt.name", "greet");
    assertThat(server.take("resources/read weather://seoul")).hasParent(reading);
    assertThat(server.take("prompts/get greet")).hasParent(greeting);
    assertThat(server.takeAll())
        .allSatisfy(span -> assertThat(span).isRoot())
        .extracting(SpanSnapshot::name)
        .containsExactly("initialize", "tools/list");
  }

  /** A framework that knows it for an MCP tool has a span already; it learns which server. */
  @Test
  void tool_thatAFrameworkHasASpanFor() {
    try (Peers peers = both(TraceTest::sunny)) {
      client
          .onlooker()
          .startSpan(SpanOptions.mcpToolCall("forecast", null), span -> peers.call("forecast"));
    }

    SpanSnapshot calling = client.take("execute_tool forecast");
    assertThat(calling).hasAttribute(GenAi.MCP_SERVER_NAME, "weather");
    server.take("initialize");
    assertThat(server.take()).hasParent(calling);
  }

  @Test
  void request_thatIsNeverAnswered() throws Exception {
    Peers peers = clientOnly();
    Thread caller = new Thread(() -> callInVain(peers));
    caller.start();
    while (peers.wire().sent().stream().noneMatch(line -> line.contains("silent"))) {
      Thread.onSpinWait();
    }

    peers.close();
    caller.join();

    assertThat(client.take("execute_tool silent"))
        .hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "connection closed"));
  }

  private static void callInVain(Peers peers) {
    assertThat(catchThrowable(() -> peers.call("silent"))).isNotNull();
  }

  /** The client gives up by itself and tells no transport. */
  @Test
  void request_thatNobodyWaitsFor() throws Exception {
    SpanRecorder impatient = SpanRecorder.create(o -> o.idleTimeout(Duration.ofMillis(20)));
    Peers peers =
        Peers.open(
            transport -> OnlookerMcp.trace(transport, impatient.onlooker()),
            UnaryOperator.identity(),
            TraceTest::sunny);
    Thread caller = new Thread(() -> callInVain(peers));
    caller.start();

    SpanSnapshot call = Eventually.get(() -> impatient.take("execute_tool silent"));
    peers.close();
    caller.join();
    impatient.close();

    assertThat(call).hasStatus(SpanStatus.ABANDONED);
  }

  @Test
  void bytes_areTheSameButForTheTrace() {
    List<String> bare = lines(UnaryOperator.identity(), UnaryOperator.identity());

    List<String> traced =
        lines(
            transport -> OnlookerMcp.trace(transport, client.onlooker()),
            provider -> OnlookerMcp.trace(provider, server.onlooker()));

    String trace = client.takeAll().get(0).traceId();
    server.takeAll();
    assertThat(traced).anySatisfy(line -> assertThat(line).contains("00-" + trace));
    assertThat(traced.stream().map(TraceTest::withoutTrace)).isEqualTo(bare);
  }

  private static List<String> lines(
      UnaryOperator<McpClientTransport> clientSide,
      UnaryOperator<McpServerTransportProvider> serverSide) {
    try (Peers peers = Peers.open(clientSide, serverSide, TraceTest::sunny)) {
      peers.call("forecast");
      List<String> lines = new java.util.ArrayList<>(peers.wire().sent());
      lines.addAll(peers.wire().received());
      return lines.stream()
          .map(line -> line.replaceAll("\"id\":\"[^\"]*\"", "\"id\":\"…\""))
          .toList();
    }
  }

  private static String withoutTrace(String line) {
    return line.replaceAll(",\"_meta\":\\{\"traceparent\":\"[^\"]*\"}", "");
  }
}
