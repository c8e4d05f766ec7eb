package io.onlooker.springboot;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with all of the starter's configurations, as an application has them. */
final class Contexts {

  private static final AutoConfigurations ALL =
      AutoConfigurations.of(
          OnlookerAutoConfiguration.class,
          AnthropicConfiguration.class,
          InfoConfiguration.class,
          LangChain4jConfiguration.class,
          OpenAiConfiguration.class,
          WebConfiguration.class);

  /** Spring AI needs Spring Boot 4. */
  private static final boolean SPRING_AI = SpringBootVersion.getVersion().startsWith("4.");

  private Contexts() {}

  static ApplicationContextRunner runner() {
    ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(ALL);
    return SPRING_AI
        ? runner.withConfiguration(AutoConfigurations.of(SpringAiConfiguration.class))
        : runner;
  }

  /** The same where nothing says where to send but the properties. */
  static ApplicationContextRunner sendingTo(String dsn) {
    return runner().withPropertyValues("onlooker.dsn=" + dsn);
  }
}
