package io.onlooker.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;

/** Input tokens with those of the cache, whichever way the provider counts. */
class TokensTest {

  private static @Nullable Usage usage(
      String provider,
      int input,
      int output,
      int total,
      @Nullable Long read,
      @Nullable Long write) {
    return Tokens.of(new DefaultUsage(input, output, total, Map.of(), read, write), provider);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "bedrock_converse"})
  void cache_isCountedApart(String provider) {
    assertThat(usage(provider, 5, 40, 45, 128_955L, 1_253L))
        .isEqualTo(new Usage(130_213L, 40L, 128_955L, 1_253L, null));
    assertThat(usage(provider, 5_000, 100, 5_100, 1_000L, null))
        .isEqualTo(new Usage(6_000L, 100L, 1_000L, null, null));
    assertThat(usage(provider, 5, 40, 45, null, null))
        .isEqualTo(new Usage(5L, 40L, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "azure-openai", "google_genai", "one of their own"})
  void cache_isCountedWithin(String provider) {
    assertThat(usage(provider, 117_231, 225, 117_456, 115_584L, null))
        .isEqualTo(new Usage(117_231L, 225L, 115_584L, null, null));
    assertThat(usage(provider, 130_213, 40, 130_253, 128_955L, 1_253L))
        .isEqualTo(new Usage(130_213L, 40L, 128_955L, 1_253L, null));
    assertThat(usage(provider, 13_675, 10, 13_685, 9_216L, null))
        .isEqualTo(new Usage(13_675L, 10L, 9_216L, null, null));
  }

  @Test
  void cache_thatIsMoreThanTheInput() {
    assertThat(usage("one of their own", 5, 40, 45, 128_955L, 1_253L))
        .isEqualTo(new Usage(130_213L, 40L, 128_955L, 1_253L, null));
  }

  @Test
  void cache_thatTheTotalHasBesideTheInput() {
    assertThat(usage("one of their own", 5_000, 100, 6_100, 1_000L, null))
        .isEqualTo(new Usage(6_000L, 100L, 1_000L, null, null));
    // As much as input and output: nothing is beside them, whatever else is said.
    assertThat(usage("one of their own", 5_000, 100, 5_100, 0L, 0L))
        .isEqualTo(new Usage(5_000L, 100L, 0L, 0L, null));
  }

  @Test
  void tokens_nobodyCounted() {
    assertThat(Tokens.of(null, "openai")).isNull();
    assertThat(Tokens.of(new EmptyUsage(), "openai")).isNull();
    assertThat(usage("openai", 0, 0, 0, null, null)).isNull();
  }
}
