package io.onlooker.mcp;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Over streamable HTTP with sessions, where nobody can stand before a server's session. */
@Timeout(60)
class StreamableTest {

  @RegisterExtension final SpanRecorder client = SpanRecorder.create(o -> o.sendDefaultPii(true));

  @RegisterExtension final SpanRecorder server = SpanRecorder.create(o -> o.sendDefaultPii(true));

  private McpClientTransport traced(McpClientTransport transport) {
    return OnlookerMcp.trace(transport, client.onlooker());
  }

  private SyncToolSpecification traced(SyncToolSpecification tool) {
    return OnlookerMcp.trace(tool, server.onlooker());
  }

  private SyncToolSpecification forecast() {
    return Tools.sync(
        "forecast",
        request ->
            server
                .onlooker()
                .startSpan(SpanOptions.named("GET /weather"), span -> Tools.says("Sunny.")));
  }

  private static SyncToolSpecification refuse() {
    return Tools.sync("refuse", request -> Tools.fails("no such city"));
  }

  private static Runnable serving(
      McpStreamableServerTransportProvider provider, SyncToolSpecification... tools) {
    return McpServer.sync(provider).serverInfo("weather", "1.2.3").tools(tools).build()::close;
  }

  /** Though the SDK runs the handler on a thread of Reactor's. */
  @Test
  void tool_isOneTraceAcrossBothSides() throws Exception {
    CallToolResult answer;
    try (WebPeers peers =
        WebPeers.open(this::traced, provider -> serving(provider, traced(forecast())))) {
      answer = peers.call("forecast");
    }

    assertThat(answer).isEqualTo(Tools.says("Sunny."));
    SpanSnapshot calling = client.take("execute_tool forecast");
    SpanSnapshot handling = server.take("tools/call forecast");
    assertThat(handling)
        .hasOp("mcp.server")
        .hasParent(calling)
        .hasAttribute("mcp.method.name", "tools/call")
        .hasAttribute("mcp.tool.name", "forecast")
        .hasAttribute("mcp.client.name", "planner")
        .hasAttribute("mcp.client.version", "2.0")
        .hasAttribute("mcp.tool.result.is_error", false)
        .hasAttribute(GenAi.TOOL_SUCCESS, true)
        .hasInput(Map.of("city", "Seoul"))
        .hasOutput("Sunny.");
    assertThat(server.take("GET /weather")).hasParent(handling);
    assertThat(server.takeAll()).isEmpty();
  }

  /** Nobody else has counted the tool. */
  @Test
  void tool_ofAClientThatIsNotTraced() throws Exception {
    try (WebPeers peers =
        WebPeers.open(UnaryOperator.identity(), provider -> serving(provider, traced(refuse())))) {
      assertThat(peers.call("refuse")).isEqualTo(Tools.fails("no such city"));
    }

    assertThat(server.take("execute_tool refuse"))
        .isRoot()
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasStatus(SpanStatus.error("no such city"))
        .hasAttribute(GenAi.TOOL_NAME, "refuse")
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasAttribute("mcp.tool.result.is_error", true);
  }

  @Test
  void tool_ofAnAsyncServer() throws Exception {
    AsyncToolSpecification tool =
        new AsyncToolSpecification(
            Tools.named("forecast"),
            (exchange, request) -> Mono.fromCallable(() -> Tools.says("Sunny.")));

    try (WebPeers peers =
        WebPeers.open(
            this::traced,
            provider ->
                McpServer.async(provider).tools(OnlookerMcp.trace(tool, server.onlooker())).build()
                    ::close)) {
      assertThat(peers.call("forecast")).isEqualTo(Tools.says("Sunny."));
    }

    assertThat(server.take("tools/call forecast"))
        .hasParent(client.take("execute_tool forecast"))
        .hasOutput("Sunny.");
  }

  @Test
  void resource_template_andPrompt() throws Exception {
    try (WebPeers peers = WebPeers.open(this::traced, this::offering)) {
      peers.client().readResource(new ReadResourceRequest("weather://seoul"));
      peers.client().readResource(new ReadResourceRequest("weather://today/busan"));
      peers.client().getPrompt(new GetPromptRequest("greet", Map.of("who", "Alice")));
    }

    for (String name :
        List.of(
            "resources/read weather://seoul",
            "resources/read weather://today/busan",
            "prompts/get greet")) {
      assertThat(server.take(name)).hasOp("mcp.server").hasParent(client.take(name));
    }
    assertThat(server.takeAll()).isEmpty();
  }

  private Runnable offering(McpStreamableServerTransportProvider provider) {
    SyncResourceSpecification resource =
        new SyncResourceSpecification(
            McpSchema.Resource.builder().uri("weather://seoul").name("seoul").build(),
            (exchange, request) -> read(request));
    SyncResourceTemplateSpecification template =
        new SyncResourceTemplateSpecification(
            ResourceTemplate.builder().uriTemplate("weather://today/{city}").name("today").build(),
            (exchange, request) -> read(request));
    SyncPromptSpecification prompt =
        new SyncPromptSpecification(
            new McpSchema.Prompt("greet", "Greets.", List.of()),
            (exchange, request) -> new GetPromptResult("Greets.", List.of()));
    return McpServer.sync(provider)
            .resources(OnlookerMcp.trace(resource, server.onlooker()))
            .resourceTemplates(OnlookerMcp.trace(template, server.onlooker()))
            .prompts(OnlookerMcp.trace(prompt, server.onlooker()))
            .build()
        ::close;
  }

  private static ReadResourceResult read(ReadResourceRequest request) {
    return new ReadResourceResult(
        List.of(new McpSchema.TextResourceContents(request.uri(), "text/plain", "Sunny.")));
  }
}
