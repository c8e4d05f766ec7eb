package io.onlooker.springboot;

import io.onlooker.Exporter;
import io.onlooker.Integration;
import io.onlooker.Onlooker;
import io.onlooker.Processor;
import io.onlooker.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Opens the application's {@link Onlooker} as {@code onlooker.*} says, with its beans of the types
 * {@link Exporter}, {@link Processor}, {@link Integration} and {@link Sampler}, and closes it with
 * the application. An Onlooker that the application has as a bean, or has opened by {@link
 * Onlooker#init} while nothing says where to send, is taken instead.
 */
@AutoConfiguration
@EnableConfigurationProperties(OnlookerProperties.class)
public final class OnlookerAutoConfiguration {

  OnlookerAutoConfiguration() {}

  @Bean
  static Instrumented onlookerSpringBoot() {
    return Instrumented.of("spring-boot", SpringBootVersion.getVersion());
  }

  /** Without an Onlooker of the application's own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(Onlooker.class)
  static class Opening {

    @Bean
    OpenedOnlooker openedOnlooker(
        OnlookerProperties properties,
        ObjectProvider<Exporter> exporters,
        ObjectProvider<Processor> processors,
        ObjectProvider<Integration> integrations,
        ObjectProvider<Sampler> sampler) {
      return OpenedOnlooker.open(
          properties,
          exporters.orderedStream().toList(),
          options -> {
            processors.orderedStream().forEach(options::processor);
            integrations.orderedStream().forEach(options::integrations);
            sampler.ifAvailable(options::sampler);
          });
    }

    /** There before anything asks for it: LangChain4j records what is current. */
    @Bean(destroyMethod = "")
    @Lazy(false)
    Onlooker onlooker(OpenedOnlooker opened) {
      return opened.onlooker();
    }
  }
}
