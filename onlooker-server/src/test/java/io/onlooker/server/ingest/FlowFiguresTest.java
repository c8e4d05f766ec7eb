package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onlooker.Item;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Batch;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import io.onlooker.store.query.SavedQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the four flows of seed 002 sent, from bytes to figures: exactly those that are known. */
class FlowFiguresTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double MILLIS = 0.02;

  @TempDir Path folder;
  private EmbeddedStore store;
  private JsonNode index;

  @BeforeEach
  void open() throws Exception {
    Path flows =
        Path.of(Objects.requireNonNull(FlowFiguresTest.class.getResource("/flows")).toURI());
    index = JSON.readTree(flows.resolve("index.json").toFile());
    store = EmbeddedStore.open(StoreConfig.of(folder));
    for (JsonNode request : index.path("requests")) {
      byte[] body = Files.readAllBytes(flows.resolve(request.path("file").asString()));
      List<Item> items =
          new SentryProtocol(10_000)
              .envelope(body, 1).items().stream().map(Normaliser::normalise).toList();
      store.append(new Batch(1, items));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void groups_exactly() {
    int compared = 0;
    for (JsonNode asked : index.path("aggregates")) {
      for (Map.Entry<String, JsonNode> group : asked.path("groups").properties()) {
        String field = asked.path("sum_of").asString("span.duration");
        String by = asked.path("group_by").asString();
        List<@Nullable Object> row =
            row(rows(query(asked), figures(field), List.of(by)), group.getKey());
        if (group.getValue().isNumber()) {
          assertThat(number(row, 3)).isEqualTo(group.getValue().doubleValue());
        } else {
          check(row, group.getValue());
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(22);
  }

  private static void check(List<@Nullable Object> row, JsonNode expected) {
    double[] millis =
        expected.path("durations_ms").valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    double count = expected.path("count").doubleValue();
    assertThat(number(row, 0)).isEqualTo(count);
    assertThat(number(row, 1)).isCloseTo(millis[0], within(MILLIS));
    assertThat(number(row, 2)).isCloseTo(millis[millis.length - 1], within(MILLIS));
    assertThat(number(row, 3)).isCloseTo(java.util.Arrays.stream(millis).sum(), within(MILLIS));
    assertThat(number(row, 4)).isCloseTo(p95(millis), within(MILLIS));
    assertThat(number(row, 5)).isEqualTo(expected.path("failed").doubleValue() / count);
  }

  private static double p95(double[] ascending) {
    double at = 0.95 * (ascending.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (ascending[above] - ascending[below]) * (at - below);
  }

  @Test
  void figuresOverAll_exactly() {
    int compared = 0;
    for (JsonNode asked : index.path("aggregates")) {
      if (asked.has("count")) {
        assertThat(total(query(asked), "count()")).isEqualTo(asked.path("count").doubleValue());
        compared++;
      }
      if (asked.has("avg")) {
        String average = "avg(" + asked.path("avg_of").asString() + ")";
        assertThat(total(query(asked), average)).isEqualTo(asked.path("avg").doubleValue());
      }
      if (asked.has("values")) {
        String sum = "sum(" + asked.path("values_of").asString() + ")";
        double expected =
            asked.path("values").valueStream().mapToDouble(JsonNode::doubleValue).sum();
        assertThat(total(query(asked), sum)).isEqualTo(expected);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(7);
  }

  /**
   * Whatever the seed says to monitor has an answer, and nearly all of it one that is not empty.
   */
  @Test
  void savedQueries_allAnswered() {
    List<String> empty = new ArrayList<>();
    for (SavedQuery saved : SavedQuery.shipped()) {
      if (rows(saved.query(), saved.aggregates(), saved.by()).isEmpty()) {
        empty.add(saved.title());
      }
    }

    assertThat(SavedQuery.shipped()).hasSizeGreaterThan(20);
    assertThat(empty).hasSizeLessThan(SavedQuery.shipped().size() / 4);
  }

  private static String query(JsonNode asked) {
    String text = asked.path("query").asString();
    return text.equals("ai_client spans") ? "gen_ai.operation.type:ai_client" : text;
  }

  private static List<String> figures(String field) {
    return Stream.concat(
            Stream.of("count()"),
            Stream.concat(
                Stream.of("min", "max", "sum", "p95").map(name -> name + "(" + field + ")"),
                Stream.of("failure_rate()")))
        .toList();
  }

  private double total(String query, String figure) {
    return number(rows(query, List.of(figure), List.of()).getFirst(), 0);
  }

  private static List<@Nullable Object> row(List<List<@Nullable Object>> rows, String group) {
    String name = group.replace("\"", "");
    return rows.stream()
        .filter(row -> name.equals(String.valueOf(row.getFirst())))
        .findFirst()
        .map(row -> row.subList(1, row.size()))
        .orElseThrow(() -> new AssertionError(group + ": not among " + rows));
  }

  private static double number(List<@Nullable Object> row, int at) {
    return row.get(at) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private List<List<@Nullable Object>> rows(String q, List<String> figures, List<String> groups) {
    Instant now = Instant.parse("2027-01-01T00:00:00Z");
    List<Aggregate> aggregates =
        figures.stream().map(text -> AggregateParser.parse(text, now)).toList();
    List<Group> by = groups.stream().map(GroupParser::parse).toList();
    return store
        .aggregate(
            new Query(
                1,
                QueryParser.parse(q, now),
                aggregates,
                by,
                Instant.EPOCH,
                now,
                null,
                List.of(),
                100))
        .rows();
  }
}
