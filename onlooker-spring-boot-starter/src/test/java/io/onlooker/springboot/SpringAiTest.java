package io.onlooker.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.test.SpanRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the starter does for Spring AI, which needs Spring Boot 4. */
class SpringAiTest {

  private static final ToolDefinition TOOL =
      ToolDefinition.builder()
          .name("checkOrder")
          .description("Check order status by order ID")
          .inputSchema("{}")
          .build();

  private final SpanRecorder recorder = SpanRecorder.createCurrent();

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void tool_thatFails_isSaidToHaveFailed() {
    Contexts.runner()
        .withUserConfiguration(Tolerant.class)
        .run(context -> {
          Observation observation = observe(context.getBean(ObservationRegistry.class));
          observation.scoped(() -> {
            ToolExecutionException failure =
                new ToolExecutionException(TOOL, new IllegalStateException("no answer"));
            assertThat(context.getBean(ToolExecutionExceptionProcessor.class).process(failure))
                .isEqualTo("sorry");
          });
          observation.stop();

          SpanSnapshot tool = recorder.take();
          assertThat(tool.type()).isEqualTo(SpanType.TOOL_CALL);
          assertThat(tool.attributes().flag(GenAi.TOOL_SUCCESS)).isFalse();
        });
  }

  @Test
  void registry_ofTheApplication_isUsed() {
    Contexts.runner()
        .withUserConfiguration(OwnRegistry.class)
        .run(context -> {
          assertThat(context).hasSingleBean(ObservationRegistry.class);
          observe(context.getBean(ObservationRegistry.class)).stop();

          assertThat(recorder.take().name()).contains("checkOrder");
        });
  }

  @Test
  void switchedOff_thereIsNoRegistryEither() {
    Contexts.runner()
        .withPropertyValues("onlooker.spring-ai.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(ObservationRegistry.class));
  }

  private static Observation observe(ObservationRegistry registry) {
    return Observation.start(
        "tool",
        () ->
            ToolCallingObservationContext.builder()
                .toolDefinition(TOOL)
                .toolCallArguments("{}")
                .build(),
        registry);
  }

  @Configuration(proxyBeanMethods = false)
  static class Tolerant {

    @Bean
    ToolExecutionExceptionProcessor tolerant() {
      return failure -> "sorry";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnRegistry {

    @Bean
    ObservationRegistry registry() {
      return ObservationRegistry.create();
    }
  }
}
