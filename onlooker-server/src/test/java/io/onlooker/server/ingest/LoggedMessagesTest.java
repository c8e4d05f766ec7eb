package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Messages of a model call that come as log records, beside its span, in any order. */
@Timeout(120)
class LoggedMessagesTest {

  private static final String TRACE = "5b8efff798038103d26988603180223f";
  private static final String SPAN = "eee19b7ec3c1d20a";
  private static final long START = System.currentTimeMillis() * 1_000_000 - 60_000_000_000L;

  private static final String ASKED =
      "[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be nice\"}]},"
          + "{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Where is ORD-6?\"}]}]";
  private static final String ANSWERED =
      "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"On its way.\"}]}]";

  /** As records with a body, whose event has a name of its own. */
  private static final String SYSTEM =
      event(1, "gen_ai.system.message", "{\"stringValue\":\"Be nice\"}");

  private static final String USER =
      event(2, "gen_ai.user.message", map("content", "Where is ORD-6?"));
  private static final String CHOICE =
      event(
          3,
          "gen_ai.choice",
          "{\"kvlistValue\":{\"values\":[{\"key\":\"index\",\"value\":{\"intValue\":\"0\"}},{\"key\":\"message\",\"value\":"
              + map("content", "On its way.")
              + "}]}}");

  /** What happens between a span and its records. */
  enum Between {
    NOTHING,
    RESTART,
    SEAL
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
  void records_beforeTheSpan(Between between) throws Exception {
    server.post("/v1/logs", logs(SYSTEM, USER, CHOICE));
    pass(between);

    server.post("/v1/traces", span(""));

    assertJoined();
  }

  @ParameterizedTest
  @EnumSource
  void records_afterTheSpan(Between between) throws Exception {
    server.post("/v1/traces", span(""));
    pass(between);

    server.post("/v1/logs", logs(SYSTEM, USER, CHOICE));

    assertJoined();
  }

  @ParameterizedTest
  @EnumSource
  void records_oneByOneAroundTheSpan(Between between) throws Exception {
    server.post("/v1/logs", logs(CHOICE));
    server.post("/v1/logs", logs(SYSTEM));
    server.post("/v1/traces", span(""));
    pass(between);

    server.post("/v1/logs", logs(USER));
    server.post("/v1/logs", logs(USER, CHOICE));

    assertJoined();
  }

  @Test
  void span_sentAgain() throws Exception {
    server.post("/v1/traces", span(""));
    server.post("/v1/logs", logs(SYSTEM, USER, CHOICE));

    server.post("/v1/traces", span(attribute("gen_ai.response.id", "resp-1")));

    assertJoined();
    assertThat(attributes().path("gen_ai.response.id").asString()).isEqualTo("resp-1");
  }

  @Test
  void span_withMessagesOfItsOwn() throws Exception {
    String own = attribute("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"Mine\"}]");
    server.post("/v1/logs", logs(SYSTEM, USER));

    server.post("/v1/traces", span(own));
    server.post("/v1/logs", logs(USER));

    assertThat(attributes().path("gen_ai.input.messages").asString()).contains("Mine");
    assertThat(attributes().has("onlooker.input.logged")).isFalse();
    assertThat(attributes().has("gen_ai.output.messages")).isFalse();
  }

  @Test
  void details_inAttributes() throws Exception {
    String details =
        record(
            1,
            "\"eventName\":\"gen_ai.client.inference.operation.details\"",
            attribute("gen_ai.input.messages", ASKED)
                + ","
                + attribute("gen_ai.output.messages", ANSWERED)
                + ","
                + attribute("gen_ai.system_instructions", "Be nice"));
    server.post("/v1/traces", span(""));

    server.post("/v1/logs", logs(details));

    assertJoined();
    assertThat(attributes().path("gen_ai.system_instructions").asString()).isEqualTo("Be nice");
  }

  @Test
  void record_ofASpanThatCallsNoModel() throws Exception {
    server.post("/v1/logs", logs(USER));

    server.post("/v1/traces", span("").replace("gen_ai.operation.name", "other.name"));

    assertThat(attributes().has("gen_ai.input.messages")).isFalse();
  }

  private void pass(Between between) throws Exception {
    switch (between) {
      case NOTHING -> {}
      case RESTART -> server.restart();
      case SEAL -> server.seal();
    }
  }

  private void assertJoined() throws Exception {
    JsonNode attributes = attributes();
    assertThat(attributes.path("gen_ai.input.messages").asString("")).isEqualTo(ASKED);
    assertThat(attributes.path("gen_ai.output.messages").asString("")).isEqualTo(ANSWERED);
    JsonNode session = server.get("/api/v1/sessions").path("sessions").path(0);
    assertThat(session.path("input").asString("")).isEqualTo("Where is ORD-6?");
    assertThat(session.path("output").asString("")).isEqualTo("On its way.");
    JsonNode found = server.figure("gen_ai.input.messages:*ORD-6*", "count()");
    assertThat(found.asInt()).isEqualTo(1);
  }

  private JsonNode attributes() throws Exception {
    return server.attributes(TRACE, SPAN);
  }

  private static String span(String attributes) {
    String all =
        attribute("gen_ai.operation.name", "chat")
            + ","
            + attribute("gen_ai.request.model", "gpt-4o-mini")
            + (attributes.isEmpty() ? "" : "," + attributes);
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%s\",\"spanId\":\"%s\",\"name\":\"chat\",\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"attributes\":[%s]}]}]}]}"
        .formatted(TRACE, SPAN, START, START + 2_000_000_000L, all);
  }

  private static String logs(String... records) {
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
        + String.join(",", records)
        + "]}]}]}";
  }

  /** With a name as former conventions gave it, in an attribute. */
  private static String event(int second, String name, String body) {
    return record(second, "\"body\":" + body, attribute("event.name", name));
  }

  private static String record(int second, String field, String attributes) {
    return "{\"timeUnixNano\":\"%d\",\"traceId\":\"%s\",\"spanId\":\"%s\",%s,\"attributes\":[%s]}"
        .formatted(START + second * 100_000_000L, TRACE, SPAN, field, attributes);
  }

  private static String map(String key, String value) {
    return "{\"kvlistValue\":{\"values\":[" + attribute(key, value) + "]}}";
  }

  private static String attribute(String key, String value) {
    String text = value.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + text + "\"}}";
  }
}
