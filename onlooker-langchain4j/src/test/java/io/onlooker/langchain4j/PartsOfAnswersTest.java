package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of more than text, and of other types than LangChain4j's. */
@Timeout(60)
class PartsOfAnswersTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent(o -> o.sendDefaultPii(true));

  @AfterEach
  void close() {
    recorder.close();
  }

  /** Thinks, prepares a tool, and answers with text. */
  private static final class Thinker implements StreamingChatModel {

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onPartialThinking(new PartialThinking("Hm."));
      handler.onPartialToolCall(
          PartialToolCall.builder()
              .index(0)
              .id("call_1")
              .name("weather")
              .partialArguments("{")
              .build());
      handler.onPartialResponse("It is ");
      handler.onPartialResponse("sunny.");
      handler.onCompleteResponse(
          ChatResponse.builder().aiMessage(AiMessage.from("It is sunny.")).build());
    }
  }

  /** Answers in pieces. */
  interface Teller {
    TokenStream tell(String question);
  }

  /** Answers as a publisher, by the adapter among the tests' services. */
  interface Publishing {
    Flow.Publisher<String> tell(String question);
  }

  @Test
  void thinkingAndToolCalls_reachTheCaller() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();

    AiServices.create(Teller.class, new Thinker())
        .tell("How is the weather?")
        .onPartialThinking(thinking -> heard.add("thinking " + thinking.text()))
        .onPartialToolCall(call -> heard.add("tool " + call.name()))
        .onPartialResponse(heard::add)
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();

    assertThat(done.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("It is sunny.");
    assertThat(heard).containsExactly("thinking Hm.", "tool weather", "It is ", "sunny.");
    SpanSnapshot model = recorder.takeSession().modelCalls().get(0);
    assertThat(model.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isNotNull();
  }

  @Test
  void publisher_isOneSession() throws Exception {
    Publishing publishing =
        OnlookerLangChain4j.instrumentAgent(
            AiServices.create(Publishing.class, new Thinker()),
            o -> o.onlooker(recorder.onlooker()).agentName("teller"));

    assertThat(PublisherAdapter.read(publishing.tell("How is the weather?")))
        .isEqualTo("It is sunny.");

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root())
        .hasName("invoke_agent teller")
        .hasInput("How is the weather?")
        .hasOutput("It is sunny.");
    assertThat(session.modelCalls()).hasSize(1);
  }
}
