package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.reference.RandomSpans;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RandomQueryTest} appends by default holds all that makes spans hard to keep. */
class RandomSpansTest {

  private static final int FIRST = 120;
  private static final int ALL = 240;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void spans_duplicatedChangedLateOpenAndOfSeveralKinds(int number) {
    RandomSpans random = new RandomSpans(new Random(number));
    Map<String, SpanData> known = new HashMap<>();
    int duplicated = 0;
    int changedAfterTheFirstSeal = 0;
    int ended = 0;
    int late = 0;
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < ALL; i++) {
      SpanData span = random.batch(1).getFirst();
      SpanData before = known.put(span.spanId(), span);
      duplicated += span.equals(before) ? 1 : 0;
      changedAfterTheFirstSeal += i >= FIRST && before != null && !span.equals(before) ? 1 : 0;
      ended += before != null && before.open() && !span.open() ? 1 : 0;
      late += span.startNanos() < newest ? 1 : 0;
      newest = Math.max(newest, span.startNanos());
    }

    assertThat(List.of(duplicated, changedAfterTheFirstSeal, ended, late))
        .allSatisfy(count -> assertThat(count).isPositive());
    assertThat(random.counting()).anyMatch(SpanData::open);
    assertThat(kinds(random.counting(), "mixed"))
        .contains(AttributeKind.TEXT, AttributeKind.WHOLE, AttributeKind.FRACTION)
        .contains(AttributeKind.FLAG);
  }

  private static Set<AttributeKind> kinds(List<SpanData> spans, String key) {
    Set<AttributeKind> kinds = new HashSet<>();
    for (SpanData span : spans) {
      Object value = span.attributes().get(key);
      if (value != null) {
        kinds.add(AttributeKind.of(value));
      }
    }
    return kinds;
  }
}
