package io.onlooker.mcp;

import static io.onlooker.test.SpanAssert.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.test.SpanRecorder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** The SDK's server without sessions; who calls it sends what HTTP would. */
class StatelessTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  /** What stands where the servlet would. */
  private static final class Direct implements McpStatelessServerTransport {

    private @Nullable McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler given) {
      handler = given;
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    JSONRPCResponse ask(String method, Map<String, Object> params) {
      JSONRPCRequest request = new JSONRPCRequest("2.0", method, 7, params);
      JSONRPCResponse answer =
          requireNonNull(
              requireNonNull(handler).handleRequest(McpTransportContext.EMPTY, request).block());
      assertThat(answer.error()).isNull();
      return answer;
    }
  }

  @Test
  void request_goesOnWithItsTrace() {
    Direct direct = new Direct();
    McpSchema.Tool tool =
        McpSchema.Tool.builder()
            .name("forecast")
            .inputSchema(Wire.JSON, "{\"type\": \"object\"}")
            .build();
    McpStatelessSyncServer server =
        McpServer.sync(OnlookerMcp.trace(direct, recorder.onlooker()))
            .serverInfo("weather", "1.2.3")
            .tools(
                new SyncToolSpecification(
                    tool,
                    (context, request) ->
                        CallToolResult.builder().addTextContent("Sunny.").isError(false).build()))
            .build();
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String parent = "b7ad6b7169203331";

    JSONRPCResponse answer =
        direct.ask(
            "tools/call",
            Map.of(
                "name",
                "forecast",
                "arguments",
                Map.of(),
                "_meta",
                Map.of("traceparent", "00-" + trace + "-" + parent + "-01")));
    // An exception of the handler's in 1.x, an answer that tells of it in 2.x.
    Throwable unknown = catchThrowable(() -> direct.ask("tools/nothing", Map.of()));
    server.close();

    assertThat(answer.result()).isNotNull();
    assertThat(unknown).isInstanceOfAny(McpError.class, AssertionError.class);
    SpanSnapshot handled = recorder.take("tools/call forecast");
    assertThat(handled)
        .hasOp("mcp.server")
        .hasAttribute(GenAi.TOOL_SUCCESS, true)
        .hasInput(null)
        .hasOutput(null);
    assertThat(handled.traceId()).isEqualTo(trace);
    assertThat(handled.parentSpanId()).isEqualTo(parent);
    assertThat(recorder.take("tools/nothing")).hasError("-32601");
  }
}
