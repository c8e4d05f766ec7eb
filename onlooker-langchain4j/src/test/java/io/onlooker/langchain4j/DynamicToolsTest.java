package io.onlooker.langchain4j;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.onlooker.GenAi;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools that come from a provider, at the beginning of a call or in its course. */
@Timeout(60)
class DynamicToolsTest {

  private final SpanRecorder recorder = SpanRecorder.createCurrent();
  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
    recorder.close();
  }

  /** Offers one tool, or first none and then one. */
  private static final class Offering implements ToolProvider {

    private final boolean dynamic;
    private final AtomicInteger asked = new AtomicInteger();

    Offering(boolean dynamic) {
      this.dynamic = dynamic;
    }

    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
      asked.incrementAndGet();
      return ToolProviderResult.builder()
          .add(ToolSpecification.builder().name("weather").build(), (execution, memory) -> "sunny")
          .build();
    }

    @Override
    public boolean isDynamic() {
      return dynamic;
    }
  }

  private void asks(Offering offering) {
    server.reply(Reply.toolCall("weather", "{}"), Reply.text("It is sunny."));
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(Models.chat(server))
            .toolProvider(offering)
            .build();

    assertThat(assistant.chat("How is the weather?")).isEqualTo("It is sunny.");

    assertThat(offering.asked.get()).isPositive();
    assertThat(recorder.takeSession().toolCalls("weather"))
        .hasSize(1)
        .allSatisfy(tool -> assertThat(tool).hasAttribute(GenAi.TOOL_SUCCESS, true));
  }

  @Test
  void provider_once() {
    asks(new Offering(false));
  }

  @Test
  void provider_dynamic() {
    asks(new Offering(true));
  }
}
