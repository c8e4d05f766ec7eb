package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.MODEL_GENERATION;
import static io.onlooker.SpanType.MODEL_STEP;
import static io.onlooker.SpanType.TOOL_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.LogData.Level;
import io.onlooker.TracingEvent;
import io.onlooker.export.RudeServer.Manner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class OtlpExporterTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
  private final Given generation =
      agent.child(2, MODEL_GENERATION).set(GenAi.REQUEST_MODEL, "m").at(2, 2.5);

  private Receiver receiver;
  private OtlpExporter exporter;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    exporter =
        OtlpExporter.builder(receiver.address() + "/otel/")
            .header("Authorization", "Bearer t")
            .serviceName("shop")
            .release("2")
            .environment("qa")
            .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 3))
            .build();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void request_asOtlpWantsIt() {
    send(agent.ended());

    Receiver.Request request = receiver.requests().get(0);
    assertThat(request.path()).isEqualTo("/otel/v1/traces");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(request.header("Content-encoding")).isEqualTo("gzip");
    assertThat(request.header("Authorization")).isEqualTo("Bearer t");
    JsonNode resource = body(request).path("resourceSpans").path(0).path("resource");
    assertThat(attribute(resource, "service.name")).isEqualTo("{\"stringValue\":\"shop\"}");
    assertThat(attribute(resource, "service.version")).isEqualTo("{\"stringValue\":\"2\"}");
    assertThat(attribute(resource, "deployment.environment.name"))
        .isEqualTo("{\"stringValue\":\"qa\"}");
  }

  @Test
  void span_everyKindOfValue() {
    Given step = generation.child(3, MODEL_STEP);
    Given tool = step.child(4, TOOL_CALL).entity("weather").fails("com.shop.Boom", "x");
    Given moment = tool.child(5, GENERIC).named("cache miss").moment().set("k", "v");
    generation
        .set(GenAi.PROVIDER_NAME, "openai")
        .set(GenAi.USAGE_INPUT_TOKENS, 12)
        .set("f", 0.5)
        .set("b", true)
        .set(GenAi.RESPONSE_FINISH_REASONS, List.of("stop"))
        .io("Hi", "Hello");

    send(
        agent.started(),
        generation.started(),
        step.started(),
        tool.started(),
        moment.ended(),
        tool.ended(),
        step.ended(),
        generation.ended());

    JsonNode chat = span("chat m");
    assertThat(chat.path("traceId").asString()).isEqualTo(Given.TRACE);
    assertThat(chat.path("parentSpanId").asString()).isEqualTo(agent.id());
    assertThat(chat.path("kind").asInt()).isEqualTo(3);
    assertThat(chat.path("startTimeUnixNano").toString()).isEqualTo("\"1795164427000000000\"");
    assertThat(chat.path("endTimeUnixNano").toString()).isEqualTo("\"1795164427500000000\"");
    assertThat(attribute(chat, GenAi.USAGE_INPUT_TOKENS)).isEqualTo("{\"intValue\":\"12\"}");
    assertThat(attribute(chat, "f")).isEqualTo("{\"doubleValue\":0.5}");
    assertThat(attribute(chat, "b")).isEqualTo("{\"boolValue\":true}");
    assertThat(attribute(chat, GenAi.RESPONSE_FINISH_REASONS))
        .isEqualTo("{\"arrayValue\":{\"values\":[{\"stringValue\":\"stop\"}]}}");
    assertThat(attribute(chat, GenAi.PROVIDER_NAME)).contains("openai");
    assertThat(attribute(chat, "gen_ai.system")).isEmpty();
    assertThat(attribute(chat, GenAi.INPUT_MESSAGES)).contains("Hi");
    assertThat(attribute(chat, "sentry.op")).contains("gen_ai.chat");
    JsonNode failed = span("execute_tool weather");
    assertThat(failed.path("parentSpanId").asString()).isEqualTo(generation.id());
    assertThat(failed.path("status").toString()).isEqualTo("{\"code\":2,\"message\":\"x\"}");
    assertThat(failed.path("events").path(0).path("name").asString()).isEqualTo("cache miss");
    assertThat(failed.path("events").path(1).path("name").asString()).isEqualTo("exception");
    assertThat(attribute(failed.path("events").path(1), "exception.stacktrace"))
        .contains("com.shop.Till.pay(Till.java:44)");
    assertThat(attribute(span("invoke_agent desk"), "sentry.status")).contains("cancelled");
    assertThat(exporter.metrics().sent()).isEqualTo(3);
  }

  @Test
  void agent_noTokensTwice() {
    generation.set(GenAi.USAGE_INPUT_TOKENS, 12);

    send(agent.started(), generation.ended(), agent.ended());

    assertThat(attribute(span("invoke_agent desk"), GenAi.USAGE_INPUT_TOKENS)).isEmpty();
  }

  @Test
  void logsAndErrors_areRecords() {
    exporter.exportLog(
        new LogData(7, Given.TRACE, agent.id(), Level.WARN, "low", Attributes.EMPTY));
    exporter.exportError(
        new ErrorData(
            "e",
            8,
            null,
            null,
            Level.ERROR,
            null,
            List.of(new ErrorData.ExceptionData("com.shop.Boom", "x", true, List.of())),
            Attributes.EMPTY));
    send();

    assertThat(receiver.requests().get(0).path()).isEqualTo("/otel/v1/logs");
    JsonNode records =
        body(receiver.requests().get(0))
            .path("resourceLogs")
            .path(0)
            .path("scopeLogs")
            .path(0)
            .path("logRecords");
    assertThat(records.path(0).path("severityNumber").asInt()).isEqualTo(13);
    assertThat(records.path(0).path("body").path("stringValue").asString()).isEqualTo("low");
    assertThat(records.path(0).path("traceId").asString()).isEqualTo(Given.TRACE);
    assertThat(attribute(records.path(1), "exception.type")).contains("com.shop.Boom");
    assertThat(exporter.metrics().sent()).isEqualTo(2);
  }

  @Test
  void batch_atMost512() {
    exporter.exportTracingEvent(agent.started());
    for (int i = 10; i < 1200; i++) {
      exporter.exportTracingEvent(agent.child(i, GENERIC).ended());
    }
    send(agent.ended());

    assertThat(receiver.requests())
        .extracting(request -> spans(request).count())
        .containsExactly(512L, 512L, 167L);
  }

  @Test
  void batch_sentWithinASecondOrSo() throws InterruptedException {
    exporter.exportTracingEvent(agent.ended());

    assertThat(spans(receiver.next())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "1"})
  void partialSuccess_countedAsRefused(String number) {
    receiver.answer(
        200,
        Map.of(),
        "{\"partialSuccess\":{\"rejectedSpans\":" + number + ",\"errorMessage\":\"no\"}}");

    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(generation.ended());
    exporter.exportTracingEvent(agent.ended());

    assertThat(exporter.shutdown(LONG)).isFalse();
    assertThat(exporter.metrics().sent()).isEqualTo(1);
    assertThat(exporter.metrics().dropped(Drop.REFUSED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not json", "[]", "{\"partialSuccess\":{\"rejectedSpans\":\"many\"}}"})
  void answer_garbage(String body) {
    receiver.answer(200, Map.of(), body);

    send(agent.ended());

    assertThat(exporter.metrics().sent()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void answer_passing_retriedAfterThePause(int status) {
    receiver.answer(status, Map.of("Retry-After", "0"));

    send(agent.ended());

    assertThat(receiver.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"400, REFUSED", "401, REFUSED", "500, REFUSED", "413, TOO_LARGE"})
  void answer_final(int status, Drop reason) {
    receiver.answer(status, Map.of());

    exporter.exportTracingEvent(agent.ended());

    assertThat(exporter.shutdown(LONG)).isFalse();
    assertThat(receiver.requests()).hasSize(1);
    assertThat(exporter.metrics().dropped(reason)).isEqualTo(1);
  }

  @Test
  void receiver_silent_shutdownKeepsItsDeadline() throws IOException {
    try (RudeServer server = new RudeServer(Manner.SILENT)) {
      OtlpExporter hopeless =
          OtlpExporter.builder(server.dsn().replaceAll("publickey@|/42", "")).build();
      hopeless.exportTracingEvent(agent.ended());

      assertThat(hopeless.shutdown(Duration.ofMillis(100))).isFalse();
      assertThat(hopeless.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:4318", "ftp://host", "http://", "http://a b"})
  void endpoint_malformed(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpExporter.builder(endpoint))
        .withMessage("endpoint: '" + endpoint + "' (expected: http(s)://HOST[:PORT][/PATH])");
  }

  @Test
  void header_malformed_valueNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpExporter.builder("http://h").header("Authorization", "secret\nX: y"))
        .withMessage("header: 'Authorization' (expected: a name and value that HTTP allows)");
  }

  private JsonNode span(String name) {
    return receiver.requests().stream()
        .flatMap(OtlpExporterTest::spans)
        .filter(span -> span.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> spans(Receiver.Request request) {
    return body(request)
        .path("resourceSpans")
        .path(0)
        .path("scopeSpans")
        .path(0)
        .path("spans")
        .valueStream();
  }

  private static JsonNode body(Receiver.Request request) {
    return Received.json(request.body());
  }

  private static String attribute(JsonNode of, String key) {
    return of.path("attributes")
        .valueStream()
        .filter(attribute -> attribute.path("key").asString().equals(key))
        .map(attribute -> attribute.path("value").toString())
        .findFirst()
        .orElse("");
  }

  private void send(TracingEvent... events) {
    for (TracingEvent event : events) {
      exporter.exportTracingEvent(event);
    }
    assertThat(exporter.shutdown(LONG)).isTrue();
    assertThat(exporter.metrics().dropped()).isZero();
  }
}
