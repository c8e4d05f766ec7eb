package io.onlooker.anthropic;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.BetaRunnableTool;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaTool;
import com.anthropic.models.beta.messages.BetaToolResultBlockParam;
import com.anthropic.models.beta.messages.MessageCreateParams;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.instrument.ModelCall;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tool runner does by itself is recorded, and done as without us. */
class ToolRunnerTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private AnthropicClient client(boolean content) {
    return OnlookerAnthropic.instrument(
        Clients.open(server),
        options ->
            options.onlooker(recorder.onlooker()).recordInputs(content).recordOutputs(content));
  }

  private static MessageCreateParams question(Function<String, String> tool) {
    BetaTool definition =
        BetaTool.builder()
            .name("check-order")
            .inputSchema(BetaTool.InputSchema.builder().build())
            .build();
    return Clients.askBeta("Where is order 4711?").toBuilder()
        .addTool(
            BetaRunnableTool.of(
                definition, input -> BetaToolResultBlockParam.Content.ofString(tool.apply(input))))
        .build();
  }

  private static List<String> run(AnthropicClient client, Function<String, String> tool) {
    List<String> texts = new ArrayList<>();
    for (BetaMessage message : client.beta().messages().toolRunner(question(tool))) {
      texts.add(Clients.text(message));
    }
    return texts;
  }

  @Test
  void calls_andTools() {
    server.reply(Reply.toolCall("check-order", "{\"id\": 4711}"), Reply.text("On its way."));

    List<String> texts =
        recorder
            .onlooker()
            .startSpan(
                SpanOptions.agentRun("support"),
                run -> {
                  return run(client(true), input -> "shipped: " + input);
                });

    assertThat(texts).containsExactly("", "On its way.");
    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans.stream().map(SpanSnapshot::type))
        .containsExactlyInAnyOrder(
            SpanType.MODEL_GENERATION,
            SpanType.TOOL_CALL,
            SpanType.MODEL_GENERATION,
            SpanType.AGENT_RUN);
    SpanSnapshot agent = only(spans, SpanType.AGENT_RUN);
    SpanSnapshot tool = only(spans, SpanType.TOOL_CALL);
    assertThat(tool)
        .hasParent(agent)
        .hasAttribute(GenAi.TOOL_NAME, "check-order")
        .hasAttribute(GenAi.TOOL_CALL_ID, "toolu_msg_1")
        .hasAttribute(GenAi.TOOL_SUCCESS, true);
    assertThat(tool.input()).asString().contains("4711");
    assertThat(tool.output()).asString().contains("shipped");
    assertThat(spans.stream().filter(span -> span.type() == SpanType.MODEL_GENERATION))
        .allSatisfy(span ->
            assertThat(span)
                .hasParent(agent)
                .hasAttribute(GenAi.REQUEST_MODEL, "gpt-4o")
                .hasAttribute(GenAi.RESPONSE_MODEL, "gpt-4o"));
  }

  @Test
  void tool_fails() {
    server.reply(Reply.toolCall("check-order", "{}"), Reply.text("Sorry."));

    run(
        client(false),
        input -> {
          throw new IllegalStateException("secret");
        });

    SpanSnapshot tool = only(recorder.takeAll(), SpanType.TOOL_CALL);
    assertThat(tool).hasStatus(SpanStatus.Code.ERROR).hasAttribute(GenAi.TOOL_SUCCESS, false);
    assertThat(tool.toString()).doesNotContain("secret", "4711");
  }

  @Test
  void stream_ofARunner() {
    server.reply(Reply.toolCall("check-order", "{\"id\": 4711}"), Reply.text("On its way."));
    StringBuilder text = new StringBuilder();

    client(true)
        .beta()
        .messages()
        .toolRunner(question(input -> "shipped"))
        .streaming()
        .forEach(events -> events.stream().forEach(event -> text.append(Clients.text(event))));

    assertThat(text).hasToString("On its way.");
    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans).hasSize(3);
    assertThat(only(spans, SpanType.TOOL_CALL)).hasAttribute(GenAi.TOOL_NAME, "check-order");
    assertThat(spans.stream().filter(span -> span.type() == SpanType.MODEL_GENERATION))
        .allSatisfy(span -> {
          assertThat(span).hasAttribute(GenAi.REQUEST_STREAM, true);
          assertThat(span.attributes().has(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isTrue();
        });
  }

  @Test
  void attempts_areOneSpan() {
    server.reply(Reply.error(529, "busy").header("Retry-After-Ms", "1"), Reply.text("On its way."));

    run(client(false), input -> "");

    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0)).hasAttribute(ModelCall.RESEND_COUNT, 1);
    assertThat(spans.get(0).error()).isNull();
  }

  @Test
  void error_isRethrown() {
    Reply slow = Reply.error(429, "slow down").header("Retry-After-Ms", "1");
    server.reply(slow, slow, slow);

    Throwable thrown = catchThrowable(() -> run(client(false), input -> ""));

    assertThat(thrown).isInstanceOf(RateLimitException.class);
    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0))
        .hasStatus(SpanStatus.Code.ERROR)
        .hasError("429")
        .hasAttribute(ModelCall.RESEND_COUNT, 2);
    assertThat(spans.get(0).status().message()).contains("slow down");
  }

  private static SpanSnapshot only(List<SpanSnapshot> spans, SpanType type) {
    List<SpanSnapshot> found = spans.stream().filter(span -> span.type() == type).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
