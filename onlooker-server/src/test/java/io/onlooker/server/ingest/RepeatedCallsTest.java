package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One model call that a framework and a client both report costs once, in any order. */
@Timeout(120)
class RepeatedCallsTest {

  private static final String TRACE = "5b8efff798038103d26988603180223f";
  private static final String OUTER = "00000000000000aa";
  private static final String INNER = "00000000000000bb";
  private static final long START = System.currentTimeMillis() * 1_000_000 - 60_000_000_000L;
  private static final double ONCE = 0.00018;

  /** How both spans come. */
  enum Order {
    TOGETHER,
    OUTER_FIRST,
    INNER_FIRST,
    INNER_SEALED
  }

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private StoredServer server;

  @BeforeEach
  void open() throws Exception {
    server = new StoredServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void call_reportedTwice(Order order) throws Exception {
    String outer = call(OUTER, "", 1000, 0);
    String inner = call(INNER, OUTER, 1000, 1);

    switch (order) {
      case TOGETHER -> send(inner, outer);
      case OUTER_FIRST -> List.of(outer, inner).forEach(this::sendOne);
      case INNER_FIRST -> List.of(inner, outer).forEach(this::sendOne);
      case INNER_SEALED -> {
        send(inner);
        server.seal();
        send(outer);
      }
    }

    awaitCost(ONCE);
    assertThat(server.attributes(TRACE, OUTER).path("onlooker.cost_usd").asDouble())
        .isEqualTo(ONCE);
    assertThat(server.attributes(TRACE, INNER).path("onlooker.cost.repeated").asBoolean()).isTrue();
    assertThat(
            server
                .figure("!has:onlooker.cost.repeated", "sum(gen_ai.usage.input_tokens)")
                .asDouble())
        .isEqualTo(1000);
    assertThat(server.figure("has:onlooker.cost.missing", "count()").asInt()).isZero();
  }

  @Test
  void call_whoseOuterSpanTurnsOutToBeATool() throws Exception {
    String inner = call(INNER, OUTER, 1000, 1);
    send(inner, call(OUTER, "", 1000, 0));
    awaitCost(ONCE);

    send(call(OUTER, "", 1000, 0).replace("\"chat\"", "\"execute_tool\""));

    await().until(() -> server.attributes(TRACE, INNER).has("onlooker.cost_usd"));
    awaitCost(ONCE);
    assertThat(server.attributes(TRACE, INNER).has("onlooker.cost.repeated")).isFalse();
  }

  @Test
  void calls_besideEachOther() throws Exception {
    send(call(OUTER, "", 1000, 0), call(INNER, "", 1000, 1));
    server.get("/api/v1/sessions");

    awaitCost(2 * ONCE);
  }

  private void awaitCost(double usd) {
    await()
        .untilAsserted(() ->
            assertThat(server.figure("", "sum(onlooker.cost_usd)").asDouble()).isEqualTo(usd));
  }

  private void sendOne(String span) {
    try {
      send(span);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(String... spans) throws Exception {
    server.post(
        "/v1/traces",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + String.join(",", spans) + "]}]}]}");
  }

  private static String call(String id, String parent, int tokens, int second) {
    return "{\"traceId\":\"%s\",\"spanId\":\"%s\",\"parentSpanId\":\"%s\",\"name\":\"call\",\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"attributes\":[%s,%s,%s,%s]}"
        .formatted(
            TRACE,
            id,
            parent,
            START + second * 1_000_000L,
            START + 5_000_000_000L - second,
            attribute("gen_ai.operation.name", "\"stringValue\":\"chat\""),
            attribute("gen_ai.request.model", "\"stringValue\":\"gpt-4o-mini\""),
            attribute("gen_ai.usage.input_tokens", "\"intValue\":" + tokens),
            attribute("gen_ai.usage.output_tokens", "\"intValue\":50"));
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{" + value + "}}";
  }
}
