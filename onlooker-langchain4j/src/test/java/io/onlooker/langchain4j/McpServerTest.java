package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.service.AiServices;
import io.onlooker.GenAi;
import io.onlooker.SpanType;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The tools of a real MCP server, a process of its own; the client needs a newer LangChain4j. */
@Timeout(60)
@DisabledIfSystemProperty(named = "langchain4j.version", matches = "1\\.16\\..*")
class McpServerTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent(o -> o.sendDefaultPii(true));
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private static McpClient client() throws Exception {
    Path classes =
        Path.of(McpProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return DefaultMcpClient.builder()
        .transport(
            StdioMcpTransport.builder()
                .command(List.of(java, "-cp", classes.toString(), McpProgram.class.getName()))
                .build())
        .build();
  }

  @Test
  void tools_areTheServers() throws Exception {
    server.reply(
        Reply.toolCall("weather", "{\"city\": \"Seoul\"}"),
        Reply.toolCall("weather", "{\"city\": \"Atlantis\"}"),
        Reply.text("It is sunny in Seoul."));
    McpClient client = client();
    try {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(Models.chat(server))
              .toolProvider(McpToolProvider.builder().mcpClients(client).build())
              .build();

      assertThat(assistant.chat("How is the weather?")).isEqualTo("It is sunny in Seoul.");
    } finally {
      client.close();
    }

    var tools = recorder.takeSession().toolCalls("weather");
    assertThat(tools).hasSize(2);
    assertThat(tools.get(0))
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasInput(Map.of("city", "Seoul"))
        .hasOutput("sunny")
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    assertThat(tools.get(1)).hasAttribute(GenAi.TOOL_SUCCESS, false);
  }
}
