package io.onlooker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.onlooker.Snippets;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
class SnippetsTest {

  @Test
  void client_andServer() throws IOException {
    try (SpanRecorder recorder = SpanRecorder.createCurrent();
        Wire transport = Wire.open()) {
      StdioServerTransportProvider provider =
          new StdioServerTransportProvider(
              Wire.JSON, transport.server().getInputStream(), transport.server().getOutputStream());

      // snippet: server
      McpSyncServer server =
          McpServer.sync(OnlookerMcp.trace(provider)).serverInfo("weather", "1.2.3").build();
      // end
      // snippet: client
      McpSyncClient client = McpClient.sync(OnlookerMcp.trace(transport)).build();
      // end

      client.initialize();
      client.close();
      server.close();
      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void tool() throws LifecycleException {
    SyncToolSpecification tool = Tools.sync("forecast", request -> Tools.says("Sunny."));
    try (SpanRecorder recorder = SpanRecorder.createCurrent();
        WebPeers peers =
            WebPeers.open(
                UnaryOperator.identity(),
                provider -> {
                  // snippet: tool
                  McpSyncServer server =
                      McpServer.sync(provider).tools(OnlookerMcp.trace(tool)).build();
                  // end
                  return server::close;
                })) {

      peers.call("forecast");

      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
