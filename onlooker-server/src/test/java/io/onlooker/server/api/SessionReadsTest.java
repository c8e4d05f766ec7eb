package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.Filter;
import io.onlooker.store.SessionQuery;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SessionReadsTest {

  private final CannedStore store = new CannedStore();
  private final SessionReads sessions =
      new SessionReads(store, ApiFixture.PROJECT, ApiFixture.CLOCK);

  @Test
  void list_oneSession() {
    store.spans.addAll(ApiFixture.run());

    JsonNode answer = ApiFixture.json(sessions.list(ApiFixture.get(Map.of())));

    JsonNode session = answer.path("sessions").path(0);
    assertThat(session.path("id").stringValue()).isEqualTo(ApiFixture.spanId(1));
    assertThat(session.path("root_span_id").stringValue()).isEqualTo(ApiFixture.spanId(1));
    assertThat(session.path("status").stringValue()).isEqualTo("recovered");
    assertThat(session.path("agent_name").stringValue()).isEqualTo("Support");
    assertThat(session.path("input").stringValue()).isEqualTo("Where is ORD-6?");
    assertThat(session.path("output").stringValue()).isEqualTo("On its way.");
    assertThat(session.path("failure_reason").stringValue())
        .isEqualTo("ToolTimeout: timed out (in check_order)");
    assertThat(session.path("input_tokens").intValue()).isEqualTo(120);
    assertThat(session.path("total_tokens").intValue()).isEqualTo(128);
    assertThat(session.path("steps").intValue()).isEqualTo(2);
    assertThat(session.path("failed_steps").intValue()).isEqualTo(1);
    assertThat(session.path("user_id").isNull()).isTrue();
    assertThat(answer.path("cursor").isNull()).isTrue();
  }

  @Test
  void list_usualQuestion() {
    sessions.list(ApiFixture.get(Map.of()));

    assertThat(store.sessionQuery())
        .isEqualTo(
            new SessionQuery(
                1,
                Filter.ALL,
                Instant.parse("2026-11-19T12:05:00Z"),
                Instant.parse("2026-11-20T12:05:00Z"),
                SessionQuery.Order.STARTED,
                true,
                50,
                null));
  }

  @Test
  void list_everythingAsked() {
    sessions.list(
        ApiFixture.get(
            Map.of(),
            "q",
            "status:failed",
            "from",
            "2026-01-01T00:00:00Z",
            "to",
            "2030-01-01T00:00:00Z",
            "sort",
            "duration",
            "limit",
            "1000",
            "cursor",
            "abc"));

    SessionQuery query = store.sessionQuery();
    assertThat(query.filter()).isInstanceOf(Filter.Equal.class);
    assertThat(query.from()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(query.to()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(query.order()).isEqualTo(SessionQuery.Order.DURATION);
    assertThat(query.descending()).isFalse();
    assertThat(query.limit()).isEqualTo(1000);
    assertThat(query.cursor()).isEqualTo("abc");
  }

  @Test
  void list_range() {
    sessions.list(ApiFixture.get(Map.of(), "range", "2h"));

    assertThat(store.sessionQuery().from()).isEqualTo("2026-11-20T10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit | 1001 | limit: 1001 (expected: 1 to 1000)",
        "limit | -1 | limit: -1 (expected: 1 to 1000)",
        "limit | ten | limit: ten (expected: 1 to 1000)",
        "from | yesterday | from: yesterday (expected: a time such as 2026-11-20T08:54:01Z, -24h, or"
            + " seconds since 1970)",
        "to | 1969-12-31T00:00:00Z | to: 1969-12-31T00:00:00Z (expected: between 1970 and 2242)",
        "range | 5y | range: 5y (expected: a number and ms, s, m, h, d or w, such as 24h)",
        "range | 99999999w | range: 99999999w (expected: between 1970 and 2242)",
        "sort | -name | sort: -name (expected: started, duration, tokens or cost, with a minus for"
            + " largest first)"
      })
  void list_badParameter(String name, String value, String message) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> sessions.list(ApiFixture.get(Map.of(), name, value)))
        .withMessage(message)
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void list_badQuery() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> sessions.list(ApiFixture.get(Map.of(), "q", "agnet:Support")))
        .withMessageStartingWith("q: ")
        .withMessageContaining("at 0")
        .withMessageContaining("agent");
  }

  @Test
  void one_events() {
    store.spans.addAll(ApiFixture.run());

    JsonNode answer =
        ApiFixture.json(sessions.one(ApiFixture.get(Map.of("id", ApiFixture.spanId(1)))));

    JsonNode events = answer.path("events");
    assertThat(events.size()).isEqualTo(2);
    JsonNode llm = events.path(0);
    assertThat(llm.path("type").stringValue()).isEqualTo("llm");
    assertThat(llm.path("name").stringValue()).isEqualTo("llm:openai:gpt-4o-mini");
    assertThat(llm.path("input").stringValue()).isEqualTo("Where is ORD-6?");
    assertThat(llm.path("output").stringValue()).isEqualTo("On its way.");
    assertThat(llm.path("total_tokens").intValue()).isEqualTo(128);
    assertThat(llm.path("offset_ms").decimalValue()).isEqualByComparingTo("1");
    JsonNode tool = events.path(1);
    assertThat(tool.path("type").stringValue()).isEqualTo("tool");
    assertThat(tool.path("name").stringValue()).isEqualTo("check_order");
    assertThat(tool.path("status").stringValue()).isEqualTo("error");
    assertThat(tool.path("error").stringValue()).isEqualTo("ToolTimeout: timed out");
    assertThat(tool.path("input").stringValue()).isEqualTo("{\"id\":\"ORD-6\"}");
    assertThat(tool.path("output").isNull()).isTrue();
    assertThat(tool.path("total_tokens").isNull()).isTrue();
  }

  @Test
  void one_unknown() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> sessions.one(ApiFixture.get(Map.of("id", "nope"))))
        .withMessage("id: nope (expected: one that is stored)")
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
  }
}
