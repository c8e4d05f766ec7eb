package io.onlooker.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.cost.TokenUsage.CacheWrites;
import io.onlooker.server.cost.TokenUsage.Counting;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every line of the two case files, against the table that is shipped. */
class CostCasesTest {

  private static final Prices PRICES = Prices.shipped();

  static Stream<JsonNode> lookups() throws IOException {
    return cases("/cost/price-lookup-cases.json");
  }

  static Stream<JsonNode> costs() throws IOException {
    return cases("/cost/cost-cases.json");
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void lookup_findsTheRowOrNone(JsonNode expected) {
    PriceMatch match = PRICES.lookup(text(expected, "provider"), expected.get("model").asString());

    assertThat(match == null ? null : match.model()).isEqualTo(text(expected, "expect"));
    assertThat(match == null ? null : match.provider())
        .isEqualTo(text(expected, "expect_provider"));
  }

  @ParameterizedTest
  @MethodSource("costs")
  void cost_isExactAndExplainsItself(JsonNode expected) {
    Cost cost = Cost.of(call(expected), PRICES);

    assertThat(cost.usd() == null ? null : Cost.plain(cost.usd()))
        .isEqualTo(text(expected, "expect_cost_usd"));
    assertThat(cost.arithmetic()).isEqualTo(text(expected, "arithmetic"));
    assertThat(cost.reason()).isEqualTo(text(expected, "reason"));
    JsonNode row = expected.get("expect_row");
    assertThat(cost.row() == null).isEqualTo(row.isNull());
    if (cost.row() != null) {
      assertThat(cost.row().model()).isEqualTo(text(row, "model"));
      assertThat(cost.row().provider()).isEqualTo(text(row, "provider"));
      assertThat(cost.tier()).isEqualTo(text(row, "tier"));
      assertThat(Objects.toString(cost.row().validFrom(), null)).isEqualTo(text(row, "valid_from"));
    }
  }

  private static ModelCall call(JsonNode from) {
    return new ModelCall(
        text(from, "provider"),
        from.get("model").asString(),
        Instant.parse(from.get("at").asString()),
        text(from, "service_tier"),
        null,
        usage(from.get("usage")));
  }

  private static TokenUsage usage(JsonNode usage) {
    return new TokenUsage(
        counting(usage.get("semantic").get("input")),
        counting(usage.get("semantic").get("output")),
        tokens(usage, "input_tokens"),
        tokens(usage, "cached_input_tokens"),
        new CacheWrites(
            tokens(usage, "cache_write_tokens"),
            tokens(usage, "cache_write_5m_tokens"),
            tokens(usage, "cache_write_1h_tokens"),
            tokens(usage, "cache_write_12h_tokens")),
        tokens(usage, "audio_input_tokens"),
        tokens(usage, "output_tokens"),
        tokens(usage, "reasoning_tokens"),
        tokens(usage, "audio_output_tokens"),
        tokens(usage, "total_tokens"));
  }

  private static Counting counting(JsonNode word) {
    return Counting.valueOf(word.asString().toUpperCase(Locale.ROOT));
  }

  private static @Nullable Long tokens(JsonNode from, String member) {
    JsonNode value = from.path(member);
    return value.isNumber() ? value.longValue() : null;
  }

  private static @Nullable String text(JsonNode from, String member) {
    JsonNode value = from.path(member);
    return value.isString() ? value.asString() : null;
  }

  private static Stream<JsonNode> cases(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(CostCasesTest.class.getResourceAsStream(file))) {
      JsonNode all = JsonMapper.shared().readTree(in.readAllBytes());
      return StreamSupport.stream(all.spliterator(), false);
    }
  }
}
