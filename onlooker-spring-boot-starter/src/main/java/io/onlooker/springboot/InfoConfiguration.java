package io.onlooker.springboot;

import io.onlooker.Onlooker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Adds to the actuator's {@code info}; asleep without the actuator. */
@AutoConfiguration(after = OnlookerAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
final class InfoConfiguration {

  @Bean
  @ConditionalOnEnabledInfoContributor("onlooker")
  InfoContributor onlookerInfo(
      ObjectProvider<Onlooker> onlooker, ObjectProvider<Instrumented> instrumented) {
    return new OnlookerInfo(onlooker.getIfUnique(Onlooker::current), instrumented);
  }
}
