package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workflows whose answer comes in pieces: their spans end with the last one. */
@Timeout(60)
class StreamingWorkflowTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent(o -> o.sendDefaultPii(true));
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  /** Writes piece by piece. */
  public interface Writer {
    @Agent(value = "Writes a story", outputKey = "story")
    @UserMessage("Write about {{topic}}")
    TokenStream write(@V("topic") String topic);
  }

  /** Edits piece by piece. */
  public interface Editor {
    @Agent(value = "Edits a story", outputKey = "edited")
    @UserMessage("Edit {{story}}")
    TokenStream edit(@V("story") String story);
  }

  /** Both, one after the other. */
  public interface Publisher {
    @Agent(outputKey = "edited")
    TokenStream publish(@V("topic") String topic);
  }

  private Publisher publisher() {
    Writer writer =
        AgenticServices.agentBuilder(Writer.class)
            .streamingChatModel(Models.streaming(server))
            .build();
    Editor editor =
        AgenticServices.agentBuilder(Editor.class)
            .streamingChatModel(Models.streaming(server))
            .build();
    return AgenticServices.sequenceBuilder(Publisher.class).subAgents(writer, editor).build();
  }

  private static String read(TokenStream stream) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    stream
        .onPartialResponse(piece -> {})
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    return answer.get(30, TimeUnit.SECONDS);
  }

  @Test
  void sequence_endsWithItsStream() throws Exception {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));

    assertThat(read(publisher().publish("dragons"))).isEqualTo("Once.");

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.tree())
        .isEqualTo(
            """
            invoke_workflow publish
              invoke_agent write
                chat gpt-4o-mini
              invoke_agent edit
                chat gpt-4o-mini
            """);
    assertThat(session.root()).hasOutput("Once.");
    assertThat(session.children(session.root()))
        .extracting(agent -> agent.output())
        .containsExactly("Once upon a time.", "Once.");
    assertThat(session.root().endNanos())
        .isGreaterThanOrEqualTo(session.modelCalls().get(1).endNanos());
  }

  @Test
  void instrumented_sessionEndsWithTheStream() throws Exception {
    server.reply(Reply.text("Once upon a time."), Reply.text("Once."));
    Publisher publisher =
        OnlookerLangChain4j.instrumentAgent(
            publisher(), o -> o.onlooker(recorder.onlooker()).agentName("publisher"));

    assertThat(read(publisher.publish("dragons"))).isEqualTo("Once.");

    RecordedSession session = Eventually.get(recorder::takeSession);
    assertThat(session.root()).hasName("invoke_agent publisher").hasOutput("Once.");
    assertThat(session.spans()).hasSize(6);
  }
}
