package io.onlooker.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;

class VersionTest {

  @Test
  void springAi_isOfThisRunsVersion() {
    String version = System.getProperty("spring-ai.version");

    assertThat(Stream.of(ChatClient.class, ChatModel.class, OpenAiChatModel.class))
        .allSatisfy(type ->
            assertThat(type.getProtectionDomain().getCodeSource().getLocation().toString())
                .endsWith("-" + version + ".jar"));
  }
}
