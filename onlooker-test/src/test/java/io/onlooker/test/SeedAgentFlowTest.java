package io.onlooker.test;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The support agent of seed 002, with tools, on a custom model. */
class SeedAgentFlowTest {

  private static final String ORIGIN = "manual.ai.custom-llm";

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();
  private final Onlooker onlooker = recorder.onlooker();

  private String ask(String message) {
    SpanOptions agent =
        SpanOptions.named("invoke_agent Customer Support Agent")
            .op("gen_ai.invoke_agent")
            .attribute("gen_ai.operation.name", "invoke_agent")
            .attribute("gen_ai.agent.name", "Customer Support Agent")
            .attribute("gen_ai.system", "custom-llm")
            .attribute("gen_ai.request.model", "custom-model-v2")
            .attribute("sentry.origin", ORIGIN)
            .attribute("conversation.session_id", "session_1");
    return onlooker.startSpan(
        agent,
        span -> {
          span.setAttribute(
              "gen_ai.request.available_tools", "[{\"name\":\"search_knowledge_base\"}]");
          String arguments = callModel(message);
          callTool("search_knowledge_base", arguments);
          span.setAttribute("gen_ai.response.text", "Based on the information I found…");
          span.setAttribute("gen_ai.response.id", "resp_1");
          span.setAttribute("gen_ai.usage.total_tokens", 250 + 150);
          span.setAttribute("conversation.tools_used", "[\"search_knowledge_base\"]");
          span.setAttribute("conversation.resolution_status", "resolved");
          return "Based on the information I found…";
        });
  }

  private String callModel(String message) {
    SpanOptions chat =
        SpanOptions.named("chat custom-model-v2")
            .op("gen_ai.request")
            .attribute("gen_ai.operation.name", "summarize")
            .attribute("gen_ai.system", "custom-llm")
            .attribute("gen_ai.request.model", "custom-model-v2")
            .attribute(
                "gen_ai.request.messages", "[{\"role\":\"user\",\"content\":\"" + message + "\"}]")
            .attribute("gen_ai.request.temperature", 0.7)
            .attribute("gen_ai.request.max_tokens", 500)
            .attribute("sentry.origin", ORIGIN);
    return onlooker.startSpan(
        chat,
        span -> {
          span.setAttribute("gen_ai.response.text", "");
          span.setAttribute("gen_ai.response.id", "resp_1");
          span.setAttribute("gen_ai.response.model", "custom-model-v2");
          span.setAttribute("gen_ai.usage.input_tokens", 200);
          span.setAttribute("gen_ai.usage.output_tokens", 50);
          span.setAttribute("gen_ai.usage.total_tokens", 250);
          span.setAttribute("gen_ai.response.tool_calls", "[{\"id\":\"call_1\"}]");
          return "{\"query\":\"return policy\"}";
        });
  }

  private void callTool(String name, String arguments) {
    SpanOptions tool =
        SpanOptions.named("execute_tool " + name)
            .op("gen_ai.execute_tool")
            .attribute("gen_ai.operation.name", "execute_tool")
            .attribute("gen_ai.tool.name", name)
            .attribute("gen_ai.tool.type", "function")
            .attribute("gen_ai.tool.input", arguments)
            .attribute("sentry.origin", ORIGIN);
    onlooker.runSpan(
        tool,
        span -> {
          span.setAttribute("gen_ai.tool.output", "Our return policy allows returns…");
          span.setAttribute("search.query", "return policy");
        });
  }

  @Test
  void agent_callsModelAndTool() {
    ask("Can I return it?");

    RecordedSession session = recorder.takeSession();
    SessionAssert.assertThat(session)
        .hasTree(
            "invoke_agent Customer Support Agent",
            "  chat custom-model-v2",
            "  execute_tool search_knowledge_base")
        .calledTool("search_knowledge_base")
        .times(1)
        .calledModel("custom-model-v2")
        .times(1)
        .usedTokens(250)
        .succeeded();
    SpanSnapshot agent = session.root();
    assertThat(agent)
        .hasOp("gen_ai.invoke_agent")
        .hasAttribute("gen_ai.usage.total_tokens", 400)
        .hasAttribute("conversation.resolution_status", "resolved")
        .hasAttribute("conversation.tools_used", "[\"search_knowledge_base\"]");
    assertThat(agent.attributes().size()).isEqualTo(12);
    assertThat(session.modelCalls().get(0))
        .hasOp("gen_ai.request")
        .hasExactlyAttributes(
            Map.ofEntries(
                Map.entry("gen_ai.operation.name", "summarize"),
                Map.entry("gen_ai.system", "custom-llm"),
                Map.entry("gen_ai.request.model", "custom-model-v2"),
                Map.entry(
                    "gen_ai.request.messages",
                    "[{\"role\":\"user\",\"content\":\"Can I return it?\"}]"),
                Map.entry("gen_ai.request.temperature", 0.7),
                Map.entry("gen_ai.request.max_tokens", 500),
                Map.entry("sentry.origin", ORIGIN),
                Map.entry("gen_ai.response.text", ""),
                Map.entry("gen_ai.response.id", "resp_1"),
                Map.entry("gen_ai.response.model", "custom-model-v2"),
                Map.entry("gen_ai.usage.input_tokens", 200),
                Map.entry("gen_ai.usage.output_tokens", 50),
                Map.entry("gen_ai.usage.total_tokens", 250),
                Map.entry("gen_ai.response.tool_calls", "[{\"id\":\"call_1\"}]")));
    assertThat(session.toolCalls("search_knowledge_base").get(0))
        .hasOp("gen_ai.execute_tool")
        .hasExactlyAttributes(
            Map.of(
                "gen_ai.operation.name", "execute_tool",
                "gen_ai.tool.name", "search_knowledge_base",
                "gen_ai.tool.type", "function",
                "gen_ai.tool.input", "{\"query\":\"return policy\"}",
                "sentry.origin", ORIGIN,
                "gen_ai.tool.output", "Our return policy allows returns…",
                "search.query", "return policy"));
  }
}
