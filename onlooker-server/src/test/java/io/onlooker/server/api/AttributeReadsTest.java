package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AttributeReadsTest {

  @TempDir Path folder;
  private EmbeddedStore store;
  private AttributeReads attributes;

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(StoreConfig.of(folder).withClock(ApiFixture.CLOCK));
    store.append(new Batch(1, List.copyOf(ApiFixture.run())));
    attributes = new AttributeReads(store, ApiFixture.PROJECT, ApiFixture.CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void list_keysKindsAndValues() {
    JsonNode answer =
        ApiFixture.json(
            attributes.list(ApiFixture.get(Map.of(), "q", "OPERATION", "range", "90d")));

    assertThat(answer.path("sampled_spans").intValue()).isEqualTo(4);
    assertThat(answer.path("more").intValue()).isZero();
    assertThat(answer.path("attributes").size()).isEqualTo(2);
    JsonNode first = answer.path("attributes").get(0);
    assertThat(first.path("key").stringValue()).isEqualTo("gen_ai.operation.type");
    assertThat(first.path("kinds").get(0).stringValue()).isEqualTo("text");
    assertThat(first.path("coverage").doubleValue()).isEqualTo(1);
    assertThat(first.path("top").get(0).path("value").stringValue()).isEqualTo("ai_client");
    assertThat(first.path("top").get(0).path("spans").intValue()).isEqualTo(2);
    assertThat(first.path("top").size()).isEqualTo(3);
  }

  @Test
  void list_limit() {
    JsonNode answer =
        ApiFixture.json(attributes.list(ApiFixture.get(Map.of(), "limit", "1", "range", "90d")));

    assertThat(answer.path("attributes").size()).isEqualTo(1);
    assertThat(answer.path("more").intValue()).isPositive();
  }

  @Test
  void list_badRange() {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> attributes.list(ApiFixture.get(Map.of(), "range", "soon")))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
  }
}
