package io.onlooker.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.LlmAgent;
import com.google.adk.runner.Runner;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.Content;
import io.onlooker.Snippets;
import io.onlooker.session.AgentCall;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of the README run here. */
class SnippetsTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final LlmAgent agent = Adk.agent("support", server).tools(Tools.of("query")).build();
  private final Runner runner = Adk.runner(agent);
  private final Content question = Adk.message("Where is order ORD-12345?");

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  @Test
  void runner_isInstrumented() {
    server.reply(Reply.text("On its way."));

    // snippet: agent
    Runner support =
        OnlookerAdk.instrumentAgent(
            runner,
            o ->
                o.apiKey(System.getenv("ONLOOKER_API_KEY")) // else the current Onlooker
                    .agentName("customer-support") // else the root agent's name
                    .pii(true)); // else false

    support
        .runAsync("user-42", "convo-1", question)
        .blockingForEach(event -> System.out.println(event.stringifyContent()));
    // end

    assertThat(recorder.takeSession().spans()).hasSize(2);
  }

  @Test
  void call_isOverridden() {
    server.reply(Reply.text("Gladly."));
    Runner support = OnlookerAdk.instrumentAgent(runner, o -> o.onlooker(recorder.onlooker()));

    // snippet: overrides
    AgentCall.with(
        call -> call.userId("user-43").conversationId("ticket-7").metadata("priority", "high"),
        () -> support.runAsync("user-42", "convo-1", question).toList().blockingGet());
    // end

    assertThat(recorder.takeSession().root().metadata()).containsEntry("priority", "high");
  }

  @Test
  void runner_getsThePlugin() {
    server.reply(Reply.text("On its way."));

    // snippet: plugin
    runner.pluginManager().registerPlugin(new OnlookerAdkPlugin());
    // end

    Adk.run(runner, "Where is it?");
    assertThat(recorder.takeSession().spans()).hasSize(2);
  }

  /** A tool whose own work is below it. */
  static final class Orders {

    // snippet: within
    public Map<String, Object> status(String orderId, ToolContext toolContext) {
      return OnlookerAdk.within(toolContext, () -> find(orderId));
    }

    // end

    private static Map<String, Object> find(String orderId) {
      return Map.of("order", orderId);
    }
  }

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
