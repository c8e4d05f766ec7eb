package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.Spans;
import io.onlooker.store.embedded.Slots.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Test
  void put_sameAsAMap() {
    Random random = new Random(1);
    Slots slots = new Slots();
    Map<Long, Slot> expected = new HashMap<>();

    for (int i = 0; i < 5_000; i++) {
      Slot slot = slot(random.nextInt(1_000), i);
      slots.put(slot);
      expected.put(slot.span().spanId(), slot);
      assertThat(slots.size()).isEqualTo(expected.size());
    }

    for (int id = 0; id < 1_000; id++) {
      assertThat(slots.get(id)).isSameAs(expected.get((long) id));
    }
    assertThat(slots.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(slots.get(1_000)).isNull();
  }

  @Test
  void keep_some() {
    Slots slots = new Slots();
    for (int id = 0; id < 100; id++) {
      slots.put(slot(id, id));
    }

    slots.keep(slots.all().filter(slot -> slot.row() < 50));

    assertThat(slots.size()).isEqualTo(50);
    assertThat(slots.get(49)).isNotNull();
    assertThat(slots.get(50)).isNull();
  }

  private static Slot slot(int id, int row) {
    HotSpan span = HotSpan.of(Ids.trace(1, Spans.trace(1)), Spans.of(1, id).make());
    return new Slot(span, null, row, null);
  }
}
