package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.Filter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpanReadsTest {

  private final CannedStore store = new CannedStore();
  private final SpanReads spans = new SpanReads(store, ApiFixture.PROJECT, ApiFixture.CLOCK);

  @Test
  void list_spansAndCursor() {
    store.spans.addAll(ApiFixture.run());

    JsonNode answer =
        ApiFixture.json(
            spans.list(ApiFixture.get(Map.of(), "q", "op:gen_ai.chat", "cursor", "before")));

    assertThat(answer.path("spans").size()).isEqualTo(4);
    assertThat(answer.path("cursor").stringValue()).isEqualTo("next");
    assertThat(store.spanQuery().filter()).isNotEqualTo(Filter.ALL);
    assertThat(store.spanQuery().cursor()).isEqualTo("before");
    assertThat(store.spanQuery().limit()).isEqualTo(100);
  }

  @Test
  void list_forgedCursor() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> spans.list(ApiFixture.get(Map.of(), "cursor", "forged")))
        .withMessage("cursor: forged (expected: one that an earlier answer gave)")
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void list_onlyWithAccess() {
    SpanReads closed =
        new SpanReads(
            store,
            _ -> {
              throw new HttpProblem(401, "Not signed in", "authorization: none");
            },
            ApiFixture.CLOCK);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> closed.list(ApiFixture.get(Map.of(), "limit", "wrong")))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(401));
  }
}
