package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.Aggregate.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The groups behind the limit, taken together. */
public abstract class OtherGroupsContract extends QueryContract {

  @Test
  void other_figuresOverAllThatIsNotShown() {
    append(spans());

    Result result = store.aggregate(query(2, true, null));

    assertThat(result.rows()).containsExactly(List.of("u0", 6L, 60.0), List.of("u1", 5L, 50.0));
    assertThat(result.leftOut()).containsExactly("4 more groups");
    assertThat(result.other()).isEqualTo(new Result.Other(4, List.of(10L, 30.0), List.of()));
  }

  @Test
  void other_stepByStep() {
    append(spans());

    Result result = store.aggregate(query(5, true, Duration.ofMinutes(1)));

    assertThat(result.series()).hasSize(5);
    assertThat(result.other())
        .isEqualTo(
            new Result.Other(
                1,
                List.of(1L, 10.0),
                List.of(new Result.Point(NOON.plusSeconds(300), List.of(1L, 10.0)))));
  }

  @Test
  void other_nothingLeftOut() {
    append(spans());

    assertThat(store.aggregate(query(6, true, null)).other()).isNull();
    assertThat(store.aggregate(query(2, false, null)).other()).isNull();
  }

  @Test
  void other_aSpanInSeveralGroups() {
    append(
        Spans.of(1, 1).with("user", List.of("a", "b", "c")).make(),
        Spans.of(1, 2).with("user", "a").make());

    Result result = store.aggregate(query(1, true, null));

    assertThat(result.rows()).containsExactly(List.of("a", 2L, 100.0));
    assertThat(result.other()).isEqualTo(new Result.Other(2, List.of(2L, 100.0), List.of()));
  }

  /** Six groups: of u0 six spans in its first minute, …, of u5 one in the sixth. */
  private static List<SpanData> spans() {
    List<SpanData> spans = new ArrayList<>();
    for (int user = 0; user < 6; user++) {
      for (int i = user; i < 6; i++) {
        spans.add(
            Spans.of(1, spans.size() + 1)
                .startAfter(user * 60_000L)
                .millis((6 - user) * 10)
                .with("user", "u" + user)
                .make());
      }
    }
    return spans;
  }

  private static Query query(int limit, boolean other, @Nullable Duration step) {
    return new Query(
        1,
        Filter.ALL,
        List.of(
            new Aggregate("count()", Function.COUNT, null, null),
            new Aggregate("p50()", Function.P50, Field.Column.DURATION, null)),
        List.of(new Group("user", new Field.Attribute("user"), null)),
        FROM,
        TO,
        step,
        List.of(),
        limit,
        other);
  }
}
