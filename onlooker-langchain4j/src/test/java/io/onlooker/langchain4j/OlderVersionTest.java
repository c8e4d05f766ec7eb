package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On a LangChain4j older than promised, in a run of its own. */
@EnabledIfSystemProperty(named = "langchain4j.version", matches = "1\\.13\\..*")
class OlderVersionTest {

  /** What is logged. */
  private static final class Lines extends Handler {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** A tool. */
  static final class Clock {
    @Tool
    String time() {
      return "noon";
    }
  }

  @Test
  void service_worksUnrecorded() {
    Lines log = new Lines();
    Logger logger = Logger.getLogger("io.onlooker");
    logger.addHandler(log);
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from("Hello.")).build();
          }
        };

    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      for (int i = 0; i < 2; i++) {
        Assistant assistant =
            AiServices.builder(Assistant.class).chatModel(model).tools(new Clock()).build();
        assertThat(assistant.chat("Hi")).isEqualTo("Hello.");
      }
      assertThat(recorder.takeAll()).isEmpty();
    } finally {
      logger.removeHandler(log);
    }

    assertThat(log.lines)
        .containsExactly(
            "langchain4j "
                + System.getProperty("langchain4j.version")
                + ": not recorded (expected: 1.16.1 or newer)");
  }
}
