package io.onlooker.springboot;

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

  private Contexts() {}

  static ApplicationContextRunner runner() {
    return new ApplicationContextRunner().withConfiguration(ALL);
  }

  /** The same where nothing says where to send but the properties. */
  static ApplicationContextRunner sendingTo(String dsn) {
    return runner().withPropertyValues("onlooker.dsn=" + dsn);
  }
}
