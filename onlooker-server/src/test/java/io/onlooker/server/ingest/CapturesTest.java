package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.ingest.Captures.Capture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** From the bytes of real clients to items, compared with what was seen to be right. */
class CapturesTest {

  private static final int MAX_ITEMS = 10_000;

  static Stream<Capture> mastra() {
    return Captures.mastra().stream();
  }

  static Stream<Capture> sentry() {
    return Captures.sentry().stream()
        .filter(capture -> capture.index().path("method").asString().equals("POST"))
        .filter(capture -> capture.index().path("expect_status").asInt(200) == 200);
  }

  @ParameterizedTest
  @MethodSource("mastra")
  void spans_ofMastra(Capture capture) throws Exception {
    Map<String, SpanData> spans = spans(items(capture));

    SoftAssertions softly = new SoftAssertions();
    JsonNode expected = capture.facts().path("spans");
    softly.assertThat(spans).hasSize(expected.size());
    for (JsonNode fact : expected) {
      SpanData span = spans.get(fact.path(0).asString());
      softly.assertThat(span).as(fact.toString()).isNotNull();
      if (span != null) {
        compare(softly, span, fact);
      }
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("mastra")
  void modelCalls_ofMastra(Capture capture) throws Exception {
    List<Item> items = items(capture);

    long expected = 0;
    for (JsonNode run : capture.facts().path("runs")) {
      expected += run.path("chat_spans").asInt(0);
    }
    long found =
        spans(items).values().stream()
            .filter(span -> "ai_client".equals(span.attributes().get(GenAi.OPERATION_TYPE)))
            .filter(span -> !"gen_ai.embeddings".equals(span.op()))
            .count();
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("mastra")
  void errorsAndLogs_ofMastra(Capture capture) throws Exception {
    List<Item> items = items(capture);

    List<ErrorData> errors = only(items, ErrorData.class);
    List<LogData> logs = only(items, LogData.class);
    assertThat(errors).hasSize(capture.facts().path("error_events").size());
    assertThat(logs).hasSize(capture.facts().path("log_records").size());
    for (int i = 0; i < errors.size(); i++) {
      JsonNode fact = capture.facts().path("error_events").path(i);
      ErrorData.ExceptionData outermost = errors.get(i).exceptions().get(0);
      assertThat(outermost.type()).isEqualTo(text(fact, "exception_type"));
      assertThat(outermost.value()).isEqualTo(text(fact, "exception_value"));
    }
    for (int i = 0; i < logs.size(); i++) {
      JsonNode fact = capture.facts().path("log_records").path(i);
      assertThat(logs.get(i).level().name()).isEqualTo(text(fact, "severity"));
      assertThat(logs.get(i).body()).startsWith(Objects.requireNonNull(text(fact, "body")));
      assertThat(logs.get(i).traceId()).isEqualTo(text(fact, "trace_id"));
      assertThat(logs.get(i).spanId()).isEqualTo(text(fact, "span_id"));
    }
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void spans_ofSentry(Capture capture) throws Exception {
    Map<String, SpanData> spans = spans(items(capture));

    SoftAssertions softly = new SoftAssertions();
    JsonNode expected = capture.facts().path("spans");
    softly.assertThat(spans).hasSize(expected.size());
    for (JsonNode fact : expected) {
      SpanData span = spans.get(fact.path("span_id").asString());
      softly.assertThat(span).as(fact.toString()).isNotNull();
      if (span != null) {
        compareSentry(softly, span, fact);
      }
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void errors_ofSentry(Capture capture) throws Exception {
    List<ErrorData> errors = only(items(capture), ErrorData.class);

    JsonNode expected = capture.facts().path("errors");
    assertThat(errors).hasSize(expected.size());
    for (int i = 0; i < errors.size(); i++) {
      JsonNode fact = expected.path(i);
      ErrorData error = errors.get(i);
      assertThat(error.eventId()).isEqualTo(text(fact, "event_id"));
      if (fact.has("trace_id")) {
        assertThat(error.traceId()).isEqualTo(text(fact, "trace_id"));
        assertThat(error.spanId()).isEqualTo(text(fact, "span_id"));
      }
      compareChain(error, fact);
    }
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void logs_ofSentry(Capture capture) throws Exception {
    List<LogData> logs = only(items(capture), LogData.class);

    JsonNode expected = capture.facts().path("logs");
    assertThat(logs).hasSize(expected.size());
    for (int i = 0; i < logs.size(); i++) {
      JsonNode fact = expected.path(i);
      LogData log = logs.get(i);
      assertThat(log.level().name()).isEqualToIgnoringCase(text(fact, "level"));
      assertThat(log.body()).isEqualTo(text(fact, "body"));
      assertThat(log.traceId()).isEqualTo(text(fact, "trace_id"));
      assertThat(log.spanId()).isEqualTo(text(fact, "span_id"));
      assertThat(log.attributes().string("sentry.message.template"))
          .isEqualTo(text(fact, "template"));
    }
  }

  @ParameterizedTest
  @MethodSource("sentry")
  void drops_areCounted(Capture capture) throws Exception {
    Decoded decoded = decode(capture);

    int inEnvelope = capture.facts().path("items").size();
    Set<String> kept = Set.of("transaction", "span", "event", "log");
    long others = 0;
    for (JsonNode item : capture.facts().path("items")) {
      String type = item.asString().split("[:(]", 2)[0];
      others += kept.contains(type) ? 0 : 1;
    }
    assertThat(others).isLessThanOrEqualTo(inEnvelope);
    assertThat(decoded.drops().total()).as(decoded.drops().details().toString()).isEqualTo(others);
  }

  private static void compare(SoftAssertions softly, SpanData span, JsonNode fact) {
    String parent = fact.path(1).isNull() ? null : fact.path(1).asString();
    String op = fact.path(3).asString("");
    softly.assertThat(span.parentSpanId()).as("parent of " + fact).isEqualTo(parent);
    softly.assertThat(span.name()).isEqualTo(fact.path(2).asString());
    if (op.contains(".") || Set.of("chat", "execute_tool", "invoke_agent").contains(op)) {
      softly.assertThat(span.op()).endsWith(op);
    }
    boolean failed = span.status().code() == SpanStatus.Code.ERROR;
    softly
        .assertThat(failed)
        .as("failed, " + fact)
        .isEqualTo(fact.path(5).asString().equals("error"));
  }

  private static void compareSentry(SoftAssertions softly, SpanData span, JsonNode fact) {
    String name = text(fact, "name");
    softly.assertThat(span.name()).isEqualTo(name == null ? "" : name);
    softly.assertThat(span.op()).as("op of " + fact).isEqualTo(text(fact, "op"));
    softly.assertThat(span.parentSpanId()).as("parent of " + fact).isEqualTo(text(fact, "parent"));
    softly
        .assertThat(span.segment())
        .as("segment " + fact)
        .isEqualTo(fact.path("is_segment").asBoolean());
    softly
        .assertThat(span.status().code() == SpanStatus.Code.ERROR)
        .as("failed, " + fact)
        .isEqualTo(fact.path("failed").asBoolean());
    softly
        .assertThat(span.durationNanos() / 1e6)
        .as("duration of " + fact)
        .isEqualTo(fact.path("ms").asDouble(), within(0.0011));
    softly
        .assertThat(span.attributes().size())
        .as("attributes of " + fact)
        .isGreaterThanOrEqualTo(fact.path("attrs").asInt(0));
    compareAi(softly, span, fact);
  }

  private static void compareAi(SoftAssertions softly, SpanData span, JsonNode fact) {
    softly
        .assertThat(span.attributes().string(GenAi.OPERATION_TYPE))
        .as("type of " + fact)
        .isEqualTo(text(fact, "ai_type"));
    Map<String, String> names =
        Map.of(
            "provider", GenAi.PROVIDER_NAME,
            "model", GenAi.REQUEST_MODEL,
            "response_model", GenAi.RESPONSE_MODEL,
            "agent", GenAi.AGENT_NAME,
            "tool", GenAi.TOOL_NAME,
            "conversation", GenAi.CONVERSATION_ID);
    names.forEach((key, attribute) -> {
      if (fact.has(key)) {
        softly.assertThat(span.attributes().string(attribute)).isEqualTo(text(fact, key));
      }
    });
    fact.path("tokens")
        .properties()
        .forEach(tokens ->
            softly
                .assertThat(span.attributes().number("gen_ai.usage." + tokens.getKey()))
                .as(tokens.getKey() + " of " + fact)
                .isEqualTo(tokens.getValue().asDouble()));
  }

  /** The facts list a chain as it was sent, the outermost last. */
  private static void compareChain(ErrorData error, JsonNode fact) {
    List<String> sent = new ArrayList<>();
    for (JsonNode link : fact.path("chain")) {
      // A message that was captured with its stack has no type.
      String type = link.path(0).isNull() ? "Error" : link.path(0).asString();
      sent.add(type + ": " + link.path(1).asString());
    }
    List<String> read = new ArrayList<>();
    for (ErrorData.ExceptionData exception : error.exceptions()) {
      read.add(exception.type() + ": " + exception.value());
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(sent);
    if (fact.has("message")) {
      assertThat(error.message()).isEqualTo(text(fact, "message"));
    }
  }

  private static List<Item> items(Capture capture) throws Exception {
    return decode(capture).items().stream().map(Normaliser::normalise).toList();
  }

  private static Decoded decode(Capture capture) throws Exception {
    byte[] body = capture.body();
    if (capture.otlp()) {
      OtlpProtocol protocol = new OtlpProtocol(capture.encoding(), MAX_ITEMS);
      return capture.logs() ? protocol.logs(body, 1) : protocol.traces(body, 1);
    }
    SentryProtocol protocol = new SentryProtocol(MAX_ITEMS);
    return capture.path().contains("/store/")
        ? protocol.store(body, 1)
        : protocol.envelope(body, 1);
  }

  private static Map<String, SpanData> spans(List<Item> items) {
    Map<String, SpanData> spans = new HashMap<>();
    only(items, SpanData.class).forEach(span -> spans.put(span.spanId(), span));
    return spans;
  }

  private static <T> List<T> only(List<Item> items, Class<T> type) {
    return items.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static @Nullable String text(JsonNode object, String field) {
    JsonNode node = object.path(field);
    return node.isMissingNode() || node.isNull() ? null : node.asString();
  }
}
