package io.onlooker.springboot;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.onlooker.langchain4j.OnlookerLangChain4j;
import io.onlooker.springboot.BeanInstrumenter.Kind;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Instruments LangChain4j's models, for when they are used without an AI service; AI services and
 * workflows are recorded by what is current. Asleep without LangChain4j.
 */
@AutoConfiguration(after = OnlookerAutoConfiguration.class)
@ConditionalOnClass({ChatModel.class, OnlookerLangChain4j.class})
@ConditionalOnSwitch("langchain4j")
final class LangChain4jConfiguration {

  @Bean
  static Instrumented onlookerLangChain4j() {
    return Instrumented.of(
        "langchain4j", LibraryVersion.ofMaven(ChatModel.class, "dev.langchain4j/langchain4j-core"));
  }

  @Bean
  static BeanInstrumenter onlookerLangChain4jModels(ConfigurableListableBeanFactory beans) {
    return new BeanInstrumenter(
        beans,
        new Kind<>(ChatModel.class, (model, onlooker) -> OnlookerLangChain4j.instrument(model)),
        new Kind<>(
            StreamingChatModel.class, (model, onlooker) -> OnlookerLangChain4j.instrument(model)));
  }
}
