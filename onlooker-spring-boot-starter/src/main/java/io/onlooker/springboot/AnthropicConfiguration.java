package io.onlooker.springboot;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import io.onlooker.Onlooker;
import io.onlooker.anthropic.AnthropicOptions;
import io.onlooker.anthropic.OnlookerAnthropic;
import io.onlooker.springboot.BeanInstrumenter.Kind;
import io.onlooker.springboot.OnlookerProperties.Clients;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Instruments anthropic-java clients; asleep without anthropic-java. */
@AutoConfiguration(after = OnlookerAutoConfiguration.class)
@ConditionalOnClass({AnthropicClient.class, OnlookerAnthropic.class})
@ConditionalOnSwitch("anthropic")
final class AnthropicConfiguration {

  @Bean
  static Instrumented onlookerAnthropic() {
    return Instrumented.of("anthropic-java", LibraryVersion.ofManifest(AnthropicClient.class));
  }

  @Bean
  static BeanInstrumenter onlookerAnthropicClients(ConfigurableListableBeanFactory beans) {
    return new BeanInstrumenter(
        beans,
        new Kind<>(
            AnthropicClient.class,
            (client, onlooker) -> OnlookerAnthropic.instrument(client, options(beans, onlooker))),
        new Kind<>(
            AnthropicClientAsync.class,
            (client, onlooker) -> OnlookerAnthropic.instrument(client, options(beans, onlooker))));
  }

  private static Consumer<AnthropicOptions> options(
      ConfigurableListableBeanFactory beans, Onlooker onlooker) {
    Clients clients = beans.getBean(OnlookerProperties.class).anthropic();
    return options -> {
      options.onlooker(onlooker);
      OnlookerProperties.given(clients.recordInputs(), options::recordInputs);
      OnlookerProperties.given(clients.recordOutputs(), options::recordOutputs);
    };
  }
}
