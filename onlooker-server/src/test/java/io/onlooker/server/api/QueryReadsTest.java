package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Response;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Result.Column;
import io.onlooker.store.Result.Point;
import io.onlooker.store.Result.Series;
import io.onlooker.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReadsTest {

  private final CannedStore store = new CannedStore();
  private final QueryReads query = new QueryReads(store, ApiFixture.PROJECT, ApiFixture.CLOCK);

  @Test
  void answer_columnsAndRows() {
    store.result =
        new Result(
            List.of(
                new Column("model", Result.Type.STRING),
                new Column("at", Result.Type.TIME),
                new Column("p95()", Result.Type.NUMBER),
                new Column("count()", Result.Type.NUMBER)),
            List.of(
                Arrays.asList("gpt-4o", 1_795_000_000_123.0, 12_345_678.25, 3L),
                Arrays.asList(null, null, null, 1L)),
            List.of(),
            List.of("7 groups more"));

    assertThat(answer("{\"aggregates\":[\"p95()\",\"count()\"],\"by\":[\"model\",\"at\"]}"))
        .isEqualTo(
            "{\"columns\":[{\"name\":\"model\",\"type\":\"string\"},{\"name\":\"at\",\"type\":\"time\"},"
                + "{\"name\":\"p95()\",\"type\":\"number\"},{\"name\":\"count()\",\"type\":\"number\"}],"
                + "\"rows\":[[\"gpt-4o\",\"2026-11-18T11:06:40.123Z\",12345678.25,3],"
                + "[null,null,null,1]],\"left_out\":[\"7 groups more\"]}");
  }

  @Test
  void question_asAsked() {
    answer(
        "{\"q\":\"op:gen_ai.chat\",\"aggregates\":[\"p95(span.duration)\",\"count()\"],"
            + "\"by\":[\"gen_ai.request.model\"],\"from\":\"2026-11-20T00:00:00Z\","
            + "\"to\":\"2026-11-20T06:00:00+01:00\",\"step\":\"1h\","
            + "\"sort\":[\"-count()\",\"gen_ai.request.model\"],\"limit\":5}");

    Query asked = store.query();
    assertThat(asked.aggregates())
        .extracting(Aggregate::label)
        .containsExactly("p95(span.duration)", "count()");
    assertThat(asked.by()).extracting(Group::label).containsExactly("gen_ai.request.model");
    assertThat(asked.from()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(asked.to()).isEqualTo("2026-11-20T05:00:00Z");
    assertThat(asked.step()).isEqualTo(Duration.ofHours(1));
    assertThat(asked.sort())
        .containsExactly(
            new Query.Sort("count()", true), new Query.Sort("gen_ai.request.model", false));
    assertThat(asked.limit()).isEqualTo(5);
  }

  @Test
  void question_timesAsNumbersAndOneSort() {
    answer("{\"by\":[\"op\"],\"from\":1795132800,\"to\":1795147200250,\"sort\":\"-count()\"}");

    Query asked = store.query();
    assertThat(asked.from()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(asked.to()).isEqualTo("2026-11-20T04:00:00.250Z");
    assertThat(asked.sort()).containsExactly(new Query.Sort("count()", true));
  }

  @Test
  void question_empty() {
    answer("{}");

    assertThat(store.query().aggregates()).extracting(Aggregate::label).containsExactly("count()");
    assertThat(store.query().limit()).isEqualTo(100);
    assertThat(store.query().step()).isNull();
  }

  @Test
  void answer_seriesWithAStep() {
    Instant start = Instant.parse("2026-11-20T10:00:00Z");
    store.result =
        new Result(
            List.of(new Column("count()", Result.Type.NUMBER)),
            List.of(List.of(3L)),
            List.of(new Series(List.of(), List.of(new Point(start, List.of(3L))))),
            List.of());

    assertThat(answer("{\"step\":\"1h\"}"))
        .contains(
            "\"series\":[{\"group\":[],\"points\":[{\"start\":\"2026-11-20T10:00:00Z\",\"values\":[3]}]}]");
  }

  @Test
  void having_filtersAndHides() {
    store.result =
        new Result(
            List.of(
                new Column("model", Result.Type.STRING),
                new Column("p95()", Result.Type.NUMBER),
                new Column("count()", Result.Type.NUMBER)),
            List.of(List.of("a", 1.5, 20L), List.of("b", 2.5, 3L), List.of("c", 3.5, 30L)),
            List.of(),
            List.of());

    String body =
        "{\"q\":\"count():>10\",\"aggregates\":[\"p95()\"],\"by\":[\"model\"],\"limit\":1}";

    assertThat(answer(body))
        .contains("\"rows\":[[\"a\",1.5]]", "1 more groups that the query takes")
        .doesNotContain("count()");
    assertThat(store.query().aggregates()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not json | body: not JSON",
        "[] | body: a list (expected: an object)",
        "~~ | body: nothing (expected: an object)",
        "{\"agregates\":[]} | member: agregates (expected: one of aggregates, by, compare, explain, from, ",
        "{\"q\":5} | q: 5 (expected: text)",
        "{\"aggregates\":\"count()\"} | aggregates: \"count()\" (expected: a list of at most 50 texts)",
        "{\"aggregates\":[\"count()\",{}]} | aggregates[1]: an object (expected: text)",
        "{\"aggregates\":[\"p17(span.duration)\"]} | aggregates[0]: ",
        "{\"by\":[\"bucket(\"]} | by[0]: ",
        "{\"q\":\"(op:x\"} | q: ",
        "{\"limit\":0} | limit: 0 (expected: 1 to 1000)",
        "{\"limit\":\"5\"} | limit: \"5\" (expected: 1 to 1000)",
        "{\"step\":\"1s\"} | step: 1s (expected: at least 43200ms, for at most 2000 steps)",
        "{\"sort\":[\"-cost\"]} | sort: -cost (expected: one of count())",
        "{\"from\":\"2026-11-20\",\"to\":\"2026-11-20\"} | from: 2026-11-20T00:00:00Z (expected: before"
      })
  void question_bad(String body, String message) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> answer(body))
        .withMessageStartingWith(message)
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void question_compressed() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> query.answer(ApiFixture.post("gzip", "{}")))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(415));
  }

  @Test
  void question_tooLargeForTheStore() {
    store.failure = new StoreException(StoreException.Reason.LIMIT, "query: 30 s", null);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> answer("{}"))
        .withMessage("query: 30 s")
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(422));
  }

  private String answer(String body) {
    Response response = query.answer(ApiFixture.post(null, body));
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
