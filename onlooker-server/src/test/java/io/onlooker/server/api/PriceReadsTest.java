package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PriceReadsTest {

  private static final Path CASES = Path.of("src/test/resources/cost");

  private final PriceReads prices = new PriceReads(_ -> Prices.shipped(), _ -> 1);

  @Test
  void cost_everyCase_asItIsWritten() throws Exception {
    for (JsonNode expected :
        JsonMapper.shared().readTree(Files.readString(CASES.resolve("cost-cases.json")))) {
      JsonNode answer = read(prices.cost(post(expected.toString())));

      assertThat(answer.get("cost_usd"))
          .as(expected.toString())
          .isEqualTo(expected.get("expect_cost_usd"));
      assertThat(answer.get("arithmetic")).isEqualTo(expected.get("arithmetic"));
    }
  }

  @Test
  void lookup_everyCase_asItIsWritten() throws Exception {
    for (JsonNode expected :
        JsonMapper.shared().readTree(Files.readString(CASES.resolve("price-lookup-cases.json")))) {
      Map<String, List<String>> query =
          Map.of(
              "provider", List.of(expected.get("provider").asString()),
              "model", List.of(expected.get("model").asString()));

      JsonNode answer =
          read(
              prices.lookup(
                  new Request(
                      "GET", "/api/v1/prices/lookup", Map.of(), query, Map.of(), new byte[0])));

      assertThat(answer.get("model")).as(expected.toString()).isEqualTo(expected.get("expect"));
      assertThat(answer.get("provider")).isEqualTo(expected.get("expect_provider"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"model\":1,\"usage\":{}}",
        "{\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":\"many\"}}",
        "{\"model\":\"gpt-4o\",\"usage\":{\"semantic\":{\"input\":\"both\"}}}",
        "{\"model\":\"gpt-4o\",\"usage\":{},\"at\":\"today\"}"
      })
  void cost_badBody_isRefusedByName(String body) {
    assertThatThrownBy(() -> prices.cost(post(body)))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400))
        .hasMessageContaining("expected:");
  }

  private static Request post(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Request("POST", "/api/v1/prices/cost", Map.of(), Map.of(), Map.of(), bytes);
  }

  private static JsonNode read(Response response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
