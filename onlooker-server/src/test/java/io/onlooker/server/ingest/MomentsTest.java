package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MomentsTest {

  @ParameterizedTest
  @CsvSource({
    "1795164895.386462, 1795164895386462000",
    "1795164895.123456789, 1795164895123456789",
    "1794000002, 1794000002000000000",
    "1.7940000025e9, 1794000002500000000",
    "\"1794000000.5\", 1794000000500000000",
    "\"2026-11-20T08:54:55.402Z\", 1795164895402000000",
    "\"2026-11-20T09:54:55.402123456+01:00\", 1795164895402123456",
    "\"2026-11-20T08:54:55.402\", 1795164895402000000",
    "\"2026-11-20 08:54:55.402\", 1795164895402000000"
  })
  void nanos(String json, long nanos) throws Exception {
    assertThat(Moments.nanos(object(json), "timestamp")).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "1e999999999",
        "9.3e9",
        "\"soon\"",
        "\"\"",
        "null",
        "[]",
        "true",
        "\"2500-01-01T00:00:00Z\"",
        "\"1e999999999\""
      })
  void nanos_notAMoment(String json) throws Exception {
    JsonNode object = object(json);

    assertThatThrownBy(() -> Moments.nanos(object, "timestamp"))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith("timestamp: ")
        .hasMessageContaining("(expected: ");
  }

  private static JsonNode object(String timestamp) throws Malformed {
    byte[] json = ("{\"timestamp\":" + timestamp + "}").getBytes(UTF_8);
    return Json.readObject(json, 0, json.length);
  }
}
