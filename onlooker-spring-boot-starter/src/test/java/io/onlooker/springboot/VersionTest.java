package io.onlooker.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import dev.langchain4j.model.chat.ChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootVersion;

class VersionTest {

  @Test
  void springBoot_isOfThisRunsVersion() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
  }

  @Test
  void version_isReadFromTheJar() {
    assertThat(LibraryVersion.ofManifest(OpenAIClient.class)).matches("4\\.\\d+\\.0");
    assertThat(LibraryVersion.ofMaven(ChatModel.class, "dev.langchain4j/langchain4j-core"))
        .matches("1\\.1[69]\\.\\d");
    assertThat(LibraryVersion.ofMaven(ChatModel.class, "dev.langchain4j/other")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1.16.1, true",
    "1.16.0, false",
    "1.19.0, true",
    "1.19.1, false",
    "1.9.0, false",
    "1.18, true",
    "1.17.0-beta3, true",
    "2.0.0-M1, false",
    "main, true",
    "99999999999.1, true"
  })
  void version_isWithin(String version, boolean within) {
    assertThat(LibraryVersion.within(version, "1.16.1", "1.19.0")).isEqualTo(within);
  }

  @Test
  void version_outside_isToldInOneLine() {
    try (LogLines lines = LogLines.ofOnlooker()) {
      Instrumented.of("langchain4j", "1.16.1");
      Instrumented.of("langchain4j", "1.99.0");
      Instrumented.of("langchain4j", null);

      assertThat(lines.all())
          .containsExactly(
              "langchain4j: 1.99.0 (expected: 1.16.1 to 1.19.0, which are tested); "
                  + "what it does may be recorded in part");
    }
  }
}
