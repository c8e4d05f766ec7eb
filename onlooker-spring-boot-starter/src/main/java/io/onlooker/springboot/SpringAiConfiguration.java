package io.onlooker.springboot;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.springai.OnlookerAdvisor;
import io.onlooker.springai.OnlookerObservationHandler;
import io.onlooker.springai.OnlookerSpringAi;
import io.onlooker.springboot.BeanInstrumenter.Kind;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Records what Spring AI observes, and which of its tools failed; asleep without Spring AI. */
@AutoConfiguration(
    after = OnlookerAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
@ConditionalOnClass({
  ObservationRegistry.class,
  OnlookerSpringAi.class,
  ToolExecutionExceptionProcessor.class
})
@ConditionalOnSwitch("spring-ai")
final class SpringAiConfiguration {

  @Bean
  static Instrumented onlookerSpringAi() {
    return Instrumented.of(
        "spring-ai", LibraryVersion.ofManifest(ToolExecutionExceptionProcessor.class));
  }

  @Bean
  static BeanInstrumenter onlookerSpringAiObservations(ConfigurableListableBeanFactory beans) {
    return new BeanInstrumenter(
        beans,
        Kind.inPlace(
            ObservationRegistry.class,
            (registry, onlooker) ->
                registry
                    .observationConfig()
                    .observationHandler(new OnlookerObservationHandler(onlooker))),
        new Kind<>(
            ToolExecutionExceptionProcessor.class,
            (processor, onlooker) -> OnlookerSpringAi.instrument(processor)));
  }

  /** Observations do not tell of the pieces of a stream; an advisor sees the first of them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ChatClient.class)
  static class Streams {

    @Bean
    static BeanInstrumenter onlookerChatClients(ConfigurableListableBeanFactory beans) {
      return new BeanInstrumenter(
          beans,
          Kind.inPlace(
              ChatClient.Builder.class,
              (builder, onlooker) -> builder.defaultAdvisors(new OnlookerAdvisor())));
    }
  }

  /** Without one, which the actuator would bring, Spring AI observes nothing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(ObservationRegistry.class)
  static class Registry {

    @Bean
    ObservationRegistry onlookerObservationRegistry() {
      return ObservationRegistry.create();
    }
  }
}
