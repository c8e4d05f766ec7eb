package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void langchain4j_isOfThisRunsVersion() {
    String version = System.getProperty("langchain4j.version");

    assertThat(Stream.of(AiServices.class, ChatModel.class, OpenAiChatModel.class))
        .allSatisfy(type ->
            assertThat(type.getProtectionDomain().getCodeSource().getLocation().toString())
                .endsWith("-" + version + ".jar"));
  }
}
