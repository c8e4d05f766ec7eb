package io.onlooker.springboot;

import io.onlooker.Onlooker;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
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
  RequestFilter onlookerRequests(ObjectProvider<Onlooker> onlooker, OnlookerProperties properties) {
    return new RequestFilter(
        onlooker.getIfUnique(Onlooker::current), properties.web().continueTraces());
  }
}
