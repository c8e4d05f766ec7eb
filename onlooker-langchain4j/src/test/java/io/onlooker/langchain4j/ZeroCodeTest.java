package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.InputGuardrailException;
import dev.langchain4j.guardrail.InputGuardrailResult;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.AiServices;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AI services that nobody instruments, while there is a current Onlooker. */
@Timeout(60)
class ZeroCodeTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  private AiServices<Support> builder() {
    return AiServices.builder(Support.class)
        .chatModel(Models.chat(server))
        .chatMemoryProvider(id -> MessageWindowChatMemory.builder().id(id).maxMessages(20).build());
  }

  @Test
  void call_isRecordedWithoutContent() {
    server.reply(Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"), Reply.text("Soon."));
    Support support = builder().tools(new Support.Tools()).build();

    assertThat(support.generate("convo-1", "Where is ORD-1?")).isEqualTo("Soon.");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_agent Support
              chat gpt-4o-mini
              execute_tool checkOrder
              chat gpt-4o-mini
            """);
    assertThat(session.root()).hasAttribute(GenAi.CONVERSATION_ID, "convo-1");
    assertThat(session.toString()).doesNotContain("ORD-1", "Soon.", "friendly");
  }

  @Test
  void call_belowTheCurrentSpan() {
    server.reply(Reply.text("Soon."));
    Support support = builder().build();

    recorder
        .onlooker()
        .startSpan(SpanOptions.named("request"), span -> support.generate("Where is ORD-1?"));

    assertThat(recorder.takeSession().tree())
        .isEqualTo("request\n  invoke_agent Support\n    chat gpt-4o-mini\n");
  }

  @Test
  void error_isRecorded() {
    server.reply(Reply.error(401, "no such key"));
    Support support = builder().build();

    Throwable thrown = catchThrowable(() -> support.generate("Where is ORD-1?"));

    assertThat(recorder.takeSession().spans())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span).hasError(thrown.getClass().getName()));
  }

  @Test
  void model_instrumentedBesides() {
    server.reply(Reply.text("Soon."), Reply.text("Later."));
    ChatModel model = OnlookerLangChain4j.instrument(Models.chat(server));
    Assistant assistant = AiServices.create(Assistant.class, model);

    assertThat(assistant.chat("Where is ORD-1?")).isEqualTo("Soon.");
    assertThat(model.chat("And ORD-2?")).isEqualTo("Later.");

    assertThat(recorder.takeSession().modelCalls()).hasSize(1);
    assertThat(recorder.take()).isRoot().hasType(SpanType.MODEL_GENERATION);
  }

  @Test
  void model_onTopOfAnInstrumentedOne() {
    server.reply(Reply.text("Soon."));
    ChatModel client = OnlookerLangChain4j.instrument(Models.chat(server));
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return client.chat(request);
          }
        };

    assertThat(AiServices.create(Assistant.class, model).chat("Where?")).isEqualTo("Soon.");

    assertThat(recorder.takeSession().modelCalls()).hasSize(1);
  }

  @Test
  void service_withinATool() {
    server.reply(
        Reply.toolCall("checkOrder", "{\"orderId\": \"ORD-1\"}"),
        Reply.text("Inner."),
        Reply.text("Outer."));
    Support inner = builder().build();
    Support.Tools tools =
        new Support.Tools() {
          @Override
          @dev.langchain4j.agent.tool.Tool("Check order status by order ID")
          String checkOrder(@dev.langchain4j.agent.tool.P("orderId") String orderId) {
            return inner.generate(orderId);
          }
        };

    assertThat(builder().tools(tools).build().generate("Where is ORD-1?")).isEqualTo("Outer.");

    assertThat(recorder.takeSession().tree())
        .isEqualTo(
            """
            invoke_agent Support
              chat gpt-4o-mini
              execute_tool checkOrder
                invoke_agent Support
                  chat gpt-4o-mini
              chat gpt-4o-mini
            """);
  }

  @Test
  void retrieval_isAProcessor() {
    server.reply(Reply.text("Soon."));
    Support support =
        builder().contentRetriever(query -> List.of(Content.from("ORD-1: shipped"))).build();

    support.generate("Where is ORD-1?");

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo("invoke_agent Support\n  processor_run retrieval\n  chat gpt-4o-mini\n");
    assertThat(session.spans().get(1)).hasType(SpanType.PROCESSOR_RUN);
  }

  /** Lets no question about dragons through. */
  static final class NoDragons implements InputGuardrail {
    @Override
    public InputGuardrailResult validate(UserMessage message) {
      return message.singleText().contains("dragon") ? fatal("no dragons") : success();
    }
  }

  @Test
  void guardrail_isAProcessor() {
    server.reply(Reply.text("Soon."));
    Support support = builder().inputGuardrails(new NoDragons()).build();

    support.generate("Where is ORD-1?");
    Throwable thrown = catchThrowable(() -> support.generate("Where is my dragon?"));

    assertThat(recorder.takeSession().tree())
        .isEqualTo("invoke_agent Support\n  processor_run NoDragons\n  chat gpt-4o-mini\n");
    assertThat(thrown).isInstanceOf(InputGuardrailException.class);
    RecordedSession refused = recorder.takeSession();
    SpanSnapshot guardrail = refused.spans().get(refused.spans().size() - 1);
    assertThat(guardrail)
        .hasName("processor_run NoDragons")
        .hasAttribute(GenAi.PROCESSOR_PHASE, "input")
        .hasStatus(SpanStatus.Code.ERROR);
    assertThat(refused.root()).hasError(InputGuardrailException.class.getName());
  }

  @Test
  void nothing_whileOnlookerIsClosed() {
    server.reply(Reply.text("Soon."));
    Onlooker.current().shutdown(Duration.ZERO);

    assertThat(builder().build().generate("Where is ORD-1?")).isEqualTo("Soon.");
  }
}
