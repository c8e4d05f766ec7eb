package io.onlooker.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LangChain4jVersionTest {

  @Test
  void problem_ofAPromisedVersion() {
    assertThat(LangChain4jVersion.problem("1.16.1")).isNull();
    assertThat(LangChain4jVersion.problem("1.16.2-beta26")).isNull();
    assertThat(LangChain4jVersion.problem("1.19.7")).isNull();
  }

  @Test
  void problem_ofAnOlderOne() {
    assertThat(LangChain4jVersion.problem("1.16.0"))
        .isEqualTo("langchain4j 1.16.0: not recorded (expected: 1.16.1 or newer)");
    assertThat(LangChain4jVersion.older("1.0.0-beta3")).isTrue();
    assertThat(LangChain4jVersion.older("0.36.2")).isTrue();
  }

  @Test
  void problem_ofANewerOne() {
    assertThat(LangChain4jVersion.problem("1.20.0"))
        .isEqualTo("langchain4j 1.20.0: newer than 1.19, the newest that was tested");
    assertThat(LangChain4jVersion.older("2.0.0")).isFalse();
  }

  @Test
  void problem_ofWhatSaysNothing() {
    assertThat(LangChain4jVersion.problem(null)).isNull();
    assertThat(LangChain4jVersion.problem("${revision}")).isNull();
    assertThat(LangChain4jVersion.older(null)).isFalse();
  }
}
