package io.onlooker.springai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.onlooker.GenAi;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.mcp.AsyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.tool.ToolCallbackProvider;

/** Tools of a real MCP client, among an agent's own. */
@Timeout(120)
class McpToolsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create(o -> o.sendDefaultPii(true));

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final ParcelServer parcels = ParcelServer.start();
  private final ChatClient support =
      Application.observed(server, recorder.onlooker()).support().build();

  @AfterEach
  void close() {
    server.close();
    parcels.close();
  }

  private HttpClientStreamableHttpTransport transport() {
    return HttpClientStreamableHttpTransport.builder(parcels.address()).endpoint("/mcp").build();
  }

  private static ToolCallbackProvider tools(McpSyncClient client) {
    return SyncMcpToolCallbackProvider.builder().mcpClients(client).build();
  }

  private static ToolCallbackProvider tools(McpAsyncClient client) {
    return AsyncMcpToolCallbackProvider.builder().mcpClients(client).build();
  }

  private void willTrack() {
    server.reply(
        Reply.toolCall("trackParcel", "{\"parcel\": \"P-1\"}"),
        Reply.toolCall("lookupUser", "{\"query\": \"x\"}"),
        Reply.text("In Lyon."));
  }

  private static void isTracked(RecordedSession session, String agent) {
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent %s
              chat gpt-4o-mini
              execute_tool trackParcel
              chat gpt-4o-mini
              execute_tool lookupUser
              chat gpt-4o-mini
            """
                .formatted(agent));
    assertThat(session.toolCalls("trackParcel").get(0))
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasInput(Map.of("parcel", "P-1"))
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    assertThat(session.toolCalls("trackParcel").get(0).output()).asString().contains("In Lyon.");
    assertThat(session.toolCalls("lookupUser").get(0)).hasType(SpanType.TOOL_CALL);
  }

  @Test
  void tool_ofASyncClient() {
    willTrack();
    try (McpSyncClient client = McpClient.sync(transport()).requestTimeout(PATIENCE).build()) {
      client.initialize();

      support.prompt("Where is P-1?").tools(tools(client)).call().content();
    }

    isTracked(Eventually.get(recorder::takeSession), "chat-client");
  }

  @Test
  void tool_ofAnAsyncClient() {
    willTrack();
    McpAsyncClient client = McpClient.async(transport()).requestTimeout(PATIENCE).build();
    try {
      client.initialize().block(PATIENCE);

      support.prompt("Where is P-1?").tools(tools(client)).stream().content().blockLast(PATIENCE);
    } finally {
      client.close();
    }

    isTracked(Eventually.get(recorder::takeSession), "chat-client");
  }

  @Test
  void tool_ofAnInstrumentedAgent() {
    willTrack();
    ChatClient agent =
        OnlookerSpringAi.instrumentAgent(
            support, o -> o.onlooker(recorder.onlooker()).agentName("customer-support"));
    try (McpSyncClient client = McpClient.sync(transport()).requestTimeout(PATIENCE).build()) {
      client.initialize();

      agent.prompt("Where is P-1?").tools(tools(client)).call().content();
    }

    isTracked(Eventually.get(recorder::takeSession), "customer-support");
  }
}
