package io.onlooker.springboot;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.onlooker.Onlooker;
import io.onlooker.openai.OnlookerOpenAi;
import io.onlooker.openai.OpenAiOptions;
import io.onlooker.springboot.BeanInstrumenter.Kind;
import io.onlooker.springboot.OnlookerProperties.Clients;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Instruments openai-java clients; asleep without openai-java. */
@AutoConfiguration(after = OnlookerAutoConfiguration.class)
@ConditionalOnClass({OpenAIClient.class, OnlookerOpenAi.class})
@ConditionalOnSwitch("openai")
final class OpenAiConfiguration {

  @Bean
  static Instrumented onlookerOpenAi() {
    return Instrumented.of("openai-java", LibraryVersion.ofManifest(OpenAIClient.class));
  }

  @Bean
  static BeanInstrumenter onlookerOpenAiClients(ConfigurableListableBeanFactory beans) {
    return new BeanInstrumenter(
        beans,
        new Kind<>(
            OpenAIClient.class,
            (client, onlooker) -> OnlookerOpenAi.instrument(client, options(beans, onlooker))),
        new Kind<>(
            OpenAIClientAsync.class,
            (client, onlooker) -> OnlookerOpenAi.instrument(client, options(beans, onlooker))));
  }

  private static Consumer<OpenAiOptions> options(
      ConfigurableListableBeanFactory beans, Onlooker onlooker) {
    Clients clients = beans.getBean(OnlookerProperties.class).openai();
    return options -> {
      options.onlooker(onlooker);
      OnlookerProperties.given(clients.recordInputs(), options::recordInputs);
      OnlookerProperties.given(clients.recordOutputs(), options::recordOutputs);
    };
  }
}
