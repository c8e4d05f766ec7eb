package io.onlooker.springboot;

import io.onlooker.Onlooker;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Keeps requests apart; asleep where there are no servlets. */
@AutoConfiguration(after = OnlookerAutoConfiguration.class)
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnSwitch("web")
final class WebConfiguration {

  @Bean
  RequestFilter onlookerRequests(Onlooker onlooker, OnlookerProperties properties) {
    return new RequestFilter(onlooker, properties.web().continueTraces());
  }
}
