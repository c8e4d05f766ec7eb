package io.onlooker.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanTokens;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Golden cases of public issue threads about tokens and cost, on spans as they arrive. */
class PricingTest {

  private static final long START =
      Instant.parse("2026-11-20T08:00:00Z").getEpochSecond() * 1_000_000_000L;

  private final Pricing pricing = new Pricing(Prices.shipped());

  @Test
  void anthropic_rawUsage_inputIsWithoutTheCache() {
    SpanData span =
        price(
            "anthropic",
            "claude-sonnet-4-5",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS, 5,
                GenAi.USAGE_CACHE_READ, 128_955,
                GenAi.USAGE_CACHE_CREATION, 1_253,
                GenAi.USAGE_OUTPUT_TOKENS, 100));

    assertThat(SpanTokens.of(span)).isEqualTo(new SpanTokens(130_213L, 100L, 130_313L));
  }

  @Test
  void anthropic_rawAndInclusiveUsage_costTheSame() {
    SpanData raw =
        price(
            "anthropic",
            "claude-sonnet-4-5",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS, 5,
                GenAi.USAGE_CACHE_READ, 128_955,
                GenAi.USAGE_CACHE_CREATION, 1_253,
                GenAi.USAGE_OUTPUT_TOKENS, 100));
    SpanData inclusive =
        price(
            "anthropic",
            "claude-sonnet-4-5",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS, 130_213,
                GenAi.USAGE_CACHE_READ, 128_955,
                GenAi.USAGE_CACHE_CREATION, 1_253,
                GenAi.USAGE_OUTPUT_TOKENS, 100));

    assertThat(SpanCost.of(raw).usd()).isNotNull().isEqualTo(SpanCost.of(inclusive).usd());
    assertThat(SpanTokens.of(raw).input()).isEqualTo(SpanTokens.of(inclusive).input());
  }

  @Test
  void exclusiveUsage_isProvedByTheTotal() {
    SpanData span =
        price(
            "openai",
            "gpt-4o",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS, 5_000,
                GenAi.USAGE_CACHE_READ, 1_000,
                GenAi.USAGE_OUTPUT_TOKENS, 100,
                GenAi.USAGE_TOTAL_TOKENS, 6_100));

    assertThat(SpanTokens.of(span)).isEqualTo(new SpanTokens(6_000L, 100L, 6_100L));
    assertThat(SpanCost.of(span).usd()).isEqualByComparingTo("0.01475");
  }

  @Test
  void reasoning_isPartOfTheOutput() {
    SpanData span =
        price(
            "openai",
            "gpt-4o",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS, 1_000,
                GenAi.USAGE_OUTPUT_TOKENS, 500,
                GenAi.USAGE_REASONING, 400));

    assertThat(SpanCost.of(span).usd()).isEqualByComparingTo("0.0075");
  }

  @Test
  void miniModels_haveTheirOwnRow() {
    for (String model :
        List.of("gpt-4o-mini", "gpt-4.1-nano", "o3-mini", "gemini-2.0-flash-lite")) {
      PriceMatch match = Prices.shipped().lookup(null, model);

      assertThat(match).isNotNull();
      assertThat(match.model()).isEqualTo(model);
    }
  }

  @Test
  void unknownModel_hasNoCostAndSaysSo() {
    SpanData span = price("openai", "gpt-unheard-of", Map.of(GenAi.USAGE_INPUT_TOKENS, 5));

    assertThat(SpanCost.of(span)).isEqualTo(new SpanCost(null, "no row"));
  }

  @Test
  void streamWithoutUsage_isUnknown() {
    SpanData span = price("openai", "gpt-4o", Map.of());

    assertThat(SpanCost.of(span)).isEqualTo(new SpanCost(null, "usage unknown"));
    assertThat(SpanTokens.of(span)).isEqualTo(SpanTokens.UNKNOWN);
  }

  @Test
  void failedCall_withoutTokens_isNotBilled() {
    SpanData span = chat(SpanStatus.error("401"), "openai", "gpt-4o", Map.of());

    assertThat(pricing.price(span)).isSameAs(span);
  }

  @Test
  void gateway_reportsItsOwnBill() {
    Map<String, Object> usage =
        Map.of(
            GenAi.USAGE_INPUT_TOKENS, 1_000,
            GenAi.USAGE_OUTPUT_TOKENS, 100,
            SpanCost.REPORTED, 0.0042);

    SpanData gateway = price("openrouter", "openai/gpt-4o", usage);
    SpanData direct = price("openai", "gpt-4o", usage);

    assertThat(SpanCost.of(gateway).usd()).isEqualTo(new BigDecimal("0.0042"));
    assertThat(gateway.attributes().string(SpanCost.SOURCE)).isEqualTo("reported");
    assertThat(SpanCost.of(direct).usd()).isEqualByComparingTo("0.0035");
    assertThat(direct.attributes().string(SpanCost.SOURCE)).isEqualTo("table");
    assertThat(direct.attributes().number(SpanCost.REPORTED)).isEqualTo(0.0042);
  }

  @Test
  void datedResponseModel_withoutRow_fallsBackToTheOneAsked() {
    SpanData span =
        chat(
            SpanStatus.OK,
            "openai",
            "gpt-4o",
            Map.of(
                GenAi.RESPONSE_MODEL, "my-deployment",
                GenAi.USAGE_INPUT_TOKENS, 1_000,
                GenAi.USAGE_OUTPUT_TOKENS, 100));

    assertThat(SpanCost.of(pricing.price(span)).usd()).isEqualByComparingTo("0.0035");
  }

  @Test
  void cacheWrites_ofFiveMinutesAndAnHour_costDifferently() {
    SpanData fiveMinutes =
        price(
            "anthropic",
            "claude-sonnet-4-5",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS,
                1_000,
                GenAi.USAGE_CACHE_CREATION,
                1_000,
                "gen_ai.usage.cache_creation.ephemeral_5m_input_tokens",
                1_000,
                GenAi.USAGE_OUTPUT_TOKENS,
                0));
    SpanData hour =
        price(
            "anthropic",
            "claude-sonnet-4-5",
            Map.of(
                GenAi.USAGE_INPUT_TOKENS,
                1_000,
                GenAi.USAGE_CACHE_CREATION,
                1_000,
                "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens",
                1_000,
                GenAi.USAGE_OUTPUT_TOKENS,
                0));

    assertThat(SpanCost.of(fiveMinutes).usd()).isEqualByComparingTo("0.00375");
    assertThat(SpanCost.of(hour).usd()).isEqualByComparingTo("0.006");
  }

  @Test
  void serviceTier_hasItsOwnPrices() {
    Map<String, Object> usage =
        Map.of(
            GenAi.USAGE_INPUT_TOKENS,
            1_000_000,
            GenAi.USAGE_OUTPUT_TOKENS,
            0,
            "gen_ai.openai.response.service_tier",
            "batch");

    assertThat(SpanCost.of(price("openai", "gpt-4o", usage)).usd()).isEqualByComparingTo("1.25");
  }

  @Test
  void negativeTokens_haveNoCost() {
    SpanData span =
        price(
            "openai", "gpt-4o", Map.of(GenAi.USAGE_INPUT_TOKENS, -5, GenAi.USAGE_OUTPUT_TOKENS, 1));

    assertThat(SpanCost.of(span)).isEqualTo(new SpanCost(null, "negative token count"));
  }

  @Test
  void ourNames_areNotTakenFromASender() {
    SpanData span =
        new SpanData(
            "0af7651916cd43dd8448eb211c80319c",
            "00000000000000aa",
            null,
            "web",
            "http.server",
            1,
            2,
            SpanStatus.OK,
            true,
            Attributes.of(Map.of(SpanCost.USD, 1_000_000, "kept", "yes")),
            List.of());

    assertThat(pricing.price(span).attributes().toMap()).isEqualTo(Map.of("kept", "yes"));
  }

  private SpanData price(String provider, String model, Map<String, ?> more) {
    return pricing.price(chat(SpanStatus.OK, provider, model, more));
  }

  private static SpanData chat(
      SpanStatus status, String provider, String model, Map<String, ?> more) {
    Attributes.Builder attributes =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "ai_client")
            .put(GenAi.OPERATION_NAME, "chat")
            .put(GenAi.PROVIDER_NAME, provider)
            .put(GenAi.REQUEST_MODEL, model);
    more.forEach(attributes::put);
    return new SpanData(
        "0af7651916cd43dd8448eb211c80319c",
        "00000000000000bb",
        null,
        "chat " + model,
        "gen_ai.chat",
        START,
        START + 1_000_000,
        status,
        true,
        attributes.build(),
        List.of());
  }
}
