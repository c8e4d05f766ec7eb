package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.onlooker.GenAi;
import io.onlooker.SpanType;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools of MCP servers, whose clients answer at once here: what counts is who executes them. */
class McpTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private static McpClient answering(ToolExecutionResult result) {
    return (McpClient)
        Proxy.newProxyInstance(
            McpClient.class.getClassLoader(),
            new Class<?>[] {McpClient.class},
            (proxy, method, args) -> result);
  }

  @Test
  void tool_ofAServer_thatFails() {
    server.reply(Reply.toolCall("weather", "{\"city\": \"Seoul\"}"), Reply.text("Nobody knows."));
    ToolExecutionResult refused =
        ToolExecutionResult.builder().isError(true).resultText("no such city").build();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(Models.chat(server))
            .tools(
                Map.of(
                    ToolSpecification.builder().name("weather").build(),
                    new McpToolExecutor(answering(refused))))
            .build();

    assertThat(assistant.chat("How is the weather in Seoul?")).isEqualTo("Nobody knows.");

    assertThat(recorder.takeSession().toolCalls("weather").get(0))
        .hasType(SpanType.MCP_TOOL_CALL)
        .hasAttribute(GenAi.TOOL_SUCCESS, false);
  }
}
