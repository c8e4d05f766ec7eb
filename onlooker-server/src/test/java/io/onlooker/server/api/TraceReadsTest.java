package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Response;
import io.onlooker.store.TraceNotes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TraceReadsTest {

  private final CannedStore store = new CannedStore();
  private final TraceReads traces = new TraceReads(store, ApiFixture.PROJECT);

  @Test
  void trace_spansWithExactTimes() {
    store.spans.addAll(ApiFixture.run());

    Response response = traces.spans(ApiFixture.get(Map.of("traceId", ApiFixture.TRACE)));

    JsonNode chat = ApiFixture.json(response).path("spans").path(1);
    assertThat(chat.path("span_id").stringValue()).isEqualTo(ApiFixture.spanId(2));
    assertThat(chat.path("parent_span_id").stringValue()).isEqualTo(ApiFixture.spanId(1));
    assertThat(chat.path("start").stringValue()).isEqualTo("2026-11-18T11:06:40.124456789Z");
    assertThat(chat.path("duration_ms").decimalValue()).isEqualByComparingTo("499");
    assertThat(chat.path("status").stringValue()).isEqualTo("ok");
    assertThat(chat.path("attributes").path("list").toString()).isEqualTo("[\"a\",1,true]");
    assertThat(chat.path("events").path(0).path("name").stringValue()).isEqualTo("seen");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("\"parent_span_id\":null", "\"duration_ms\":2000,", "\"op\":null");
  }

  @Test
  void trace_unknownOrMalformed() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> traces.spans(ApiFixture.get(Map.of("traceId", ApiFixture.TRACE))))
        .withMessage("traceId: " + ApiFixture.TRACE + " (expected: one that is stored)")
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> traces.spans(ApiFixture.get(Map.of("traceId", "x'; drop\n"))))
        .withMessage("traceId: x'; drop  (expected: 32 hexadecimal digits)")
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void notes_logsAndErrors() {
    ErrorData.Frame frame = new ErrorData.Frame("shop", "pay", "Shop.java", 0, true);
    store.notes =
        new TraceNotes(
            List.of(
                new LogData(
                    0, ApiFixture.TRACE, null, LogData.Level.WARN, "slow", Attributes.EMPTY)),
            List.of(
                new ErrorData(
                    "e".repeat(32),
                    1,
                    ApiFixture.TRACE,
                    null,
                    LogData.Level.ERROR,
                    null,
                    List.of(new ErrorData.ExceptionData("Boom", null, true, List.of(frame))),
                    Attributes.EMPTY)));

    JsonNode answer =
        ApiFixture.json(traces.notes(ApiFixture.get(Map.of(), "trace", ApiFixture.TRACE)));

    assertThat(answer.path("logs").path(0).path("level").stringValue()).isEqualTo("warn");
    assertThat(answer.path("logs").path(0).path("time").stringValue())
        .isEqualTo("1970-01-01T00:00:00Z");
    JsonNode exception = answer.path("errors").path(0).path("exceptions").path(0);
    assertThat(exception.path("type").stringValue()).isEqualTo("Boom");
    assertThat(exception.path("frames").path(0).path("line").isNull()).isTrue();
  }

  @Test
  void notes_withoutTraceOrUnknown() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> traces.notes(ApiFixture.get(Map.of())))
        .withMessageStartingWith("trace: none");
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> traces.notes(ApiFixture.get(Map.of(), "trace", ApiFixture.TRACE)))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
  }
}
