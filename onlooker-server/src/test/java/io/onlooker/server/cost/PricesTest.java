package io.onlooker.server.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

  private static final Prices PRICES = Prices.shipped();

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "xai.responses, grok-4-fast-reasoning, xai, grok-4-fast",
        "litellm, openai/gpt-4.1-mini, openai, gpt-4.1-mini",
        "cohere.chat, command-r-plus-08-2024, cohere, command-r-plus-08-2024",
        "bedrock, amazon.nova-lite-v1:0, bedrock, amazon.nova-lite-v1:0",
        "bedrock, anthropic.claude-3-haiku-20240307-v1:0:200k, bedrock,"
            + " anthropic.claude-3-haiku-20240307-v1:0",
        "vertex_ai, claude-opus-4-8@default, vertex, claude-opus-4-8",
        "openai, text-embedding-3-small, openai, text-embedding-3-small",
        "fireworks, accounts/fireworks/models/kimi-k2p6, fireworks,"
            + " accounts/fireworks/models/kimi-k2p6",
        "anthropic, claude-sonnet-9, none, none",
        "none, gpt-5-nano, openai, gpt-5-nano",
        "openrouter, openrouter/anthropic/claude-haiku-4.5:nitro, anthropic, claude-haiku-4-5",
        "openai, OpenAI/GPT-4o, openai, gpt-4o",
        "openai, o3-mini-custom, none, none",
        "google, tunedModels/gemini-2.5-pro-ours, none, none",
        "openai, ft:gpt-9:acme::1, none, none",
        "openai, '', none, none",
      })
  void lookup_byTheRulesOfNames(
      @Nullable String provider,
      String model,
      @Nullable String expectedProvider,
      @Nullable String expectedModel) {
    PriceMatch match = PRICES.lookup(provider, model);

    assertThat(match == null ? null : match.provider()).isEqualTo(expectedProvider);
    assertThat(match == null ? null : match.model()).isEqualTo(expectedModel);
  }

  /** The example models of seed 004, in its own spelling of provider and model. */
  @ParameterizedTest
  @CsvSource({
    "openai, openai/gpt-4o, gpt-4o",
    "openai, openai/gpt-4.1, gpt-4.1",
    "openai, openai/o3, o3",
    "openai, openai/o4-mini, o4-mini",
    "anthropic, anthropic/claude-sonnet-4, claude-sonnet-4",
    "anthropic, anthropic/claude-haiku-3.5, claude-3-5-haiku",
    "google, google/gemini-2.5-pro, gemini-2.5-pro",
    "google, google/gemini-2.5-flash, gemini-2.5-flash"
  })
  void lookup_ofTheModelsOfSeed004(String provider, String asked, String model) {
    PriceMatch match = PRICES.lookup(null, asked);

    assertThat(match).isNotNull();
    assertThat(match.provider()).isEqualTo(provider);
    assertThat(match.model()).isEqualTo(model);
  }

  @Test
  void rows_ofOneModel_neverOverlap() {
    for (PriceRow row : PRICES.rows()) {
      PriceMatch match = PRICES.lookup(row.provider(), row.model());

      assertThat(match).isNotNull();
      Instant first =
          row.validFrom() == null
              ? Instant.EPOCH
              : row.validFrom().atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
      assertThat(match.rows().stream().filter(other -> other.validAt(first))).containsExactly(row);
    }
  }

  @Test
  void read_wrongRow_namesTheMember() {
    byte[] file = "{\"models\":[{\"provider\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> PriceFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model: ")
        .hasMessageContaining("expected: text");
  }

  @Test
  void read_twoPricesOfADay_namesBothPeriods() {
    assertThatThrownBy(() ->
            PriceFile.read(
                periods("\"valid_to\": \"2026-03-02\"", "\"valid_from\": \"2026-03-01\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "openai/fast: always to 2026-03-02, 2026-03-01 to further notice (expected: no day in two)");
  }

  @Test
  void read_periodsThatMeet() {
    Prices prices =
        PriceFile.read(periods("\"valid_to\": \"2026-03-01\"", "\"valid_from\": \"2026-03-01\""));

    assertThat(prices.lookup("openai", "fast")).isNotNull();
  }

  @Test
  void read_periodThatEndsBeforeItBegins() {
    String backwards = "\"valid_from\": \"2026-03-02\", \"valid_to\": \"2026-03-01\"";

    assertThatThrownBy(() -> PriceFile.read(periods(backwards)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("valid_to: 2026-03-01 (expected: a day after 2026-03-02)");
  }

  /** A price file of one model with such periods. */
  private static byte[] periods(String... periods) {
    String rows =
        Stream.of(periods)
            .map(period ->
                "{\"provider\":\"openai\",\"model\":\"fast\",\"input\":1,\"output\":2,"
                    + period
                    + "}")
            .collect(Collectors.joining(","));
    return ("{\"version\":\"1\",\"models\":[" + rows + "]}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void cost_contradictoryUsage_keepsTheInputWholeAndSaysSo() {
    TokenUsage usage = TokenUsage.inclusive(100L, 900L, null, 10L, null);

    Cost cost =
        Cost.of(new ModelCall("openai", "gpt-4o", Instant.EPOCH, null, null, usage), PRICES);

    assertThat(cost.arithmetic()).startsWith("(100*2.5 + 900*1.25 + 10*10)");
    assertThat(cost.flags()).singleElement().asString().contains("more cached");
  }

  @Test
  void cost_negativeTokens_isUnknown() {
    TokenUsage usage = TokenUsage.inclusive(-1L, null, null, 10L, null);

    Cost cost =
        Cost.of(new ModelCall("openai", "gpt-4o", Instant.EPOCH, null, null, usage), PRICES);

    assertThat(cost.usd()).isNull();
    assertThat(cost.reason()).isEqualTo("negative token count");
  }
}
