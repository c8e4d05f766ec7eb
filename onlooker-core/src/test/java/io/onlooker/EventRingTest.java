package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EventRingTest {

  @Test
  void add_untilFull() {
    EventRing ring = new EventRing(4);

    for (int i = 0; i < 4; i++) {
      assertThat(ring.add("item " + i, i, 10L * i)).isEqualTo(i);
    }
    assertThat(ring.add("too much", 0, 0)).isEqualTo(-1);

    List<String> found = new ArrayList<>();
    assertThat(ring.drain((item, note, time) -> found.add(item + " " + note + " " + time)))
        .isEqualTo(4);
    assertThat(found).containsExactly("item 0 0 0", "item 1 1 10", "item 2 2 20", "item 3 3 30");
    assertThat(ring.add("again", 0, 0)).isEqualTo(4);
  }

  @Test
  void drain_goesOnBehindAnEntryThatFailed() {
    EventRing ring = new EventRing(4);
    List<Object> found = new ArrayList<>();
    ring.add("bad", 0, 0);
    ring.add("good", 0, 0);

    assertThatThrownBy(() ->
            ring.drain((item, note, time) -> {
              throw new IllegalStateException(String.valueOf(item));
            }))
        .hasMessage("bad");
    ring.drain((item, note, time) -> found.add(item));

    assertThat(found).containsExactly("good");
  }

  @Test
  void drain_leavesWhatComesMeanwhileAndFreesSlotsAtOnce() {
    EventRing ring = new EventRing(2);
    List<Object> found = new ArrayList<>();
    ring.add("a", 0, 0);
    ring.add("b", 0, 0);

    int count =
        ring.drain((item, note, time) -> {
          found.add(item);
          assertThat(ring.add(item + "!", 0, 0)).isGreaterThan(0);
        });

    assertThat(count).isEqualTo(2);
    assertThat(ring.head()).isEqualTo(2);
    assertThat(ring.drain((item, note, time) -> found.add(item))).isEqualTo(2);
    assertThat(found).containsExactly("a", "b", "a!", "b!");
  }

  @Test
  void capacity_isAPowerOfTwo() {
    assertThat(new EventRing(2).capacity()).isEqualTo(2);
    assertThat(new EventRing(5).capacity()).isEqualTo(8);
    assertThat(new EventRing(8192).capacity()).isEqualTo(8192);
  }

  /**
   * Nothing lost, nothing twice, each producer's entries in order; the seed names a failing run.
   */
  @RepeatedTest(5)
  void manyProducers_oneConsumer() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    EventRing ring = new EventRing(1 << (1 + random.nextInt(8)));
    int producers = 2 + random.nextInt(3);
    int each = 20_000;
    AtomicLong refused = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      Integer producer = p;
      Thread thread = new Thread(() -> produce(ring, producer, each, refused));
      threads.add(thread);
      thread.start();
    }

    Map<Object, Integer> last = new HashMap<>();
    AtomicLong received = new AtomicLong();
    boolean running = true;
    while (running) {
      running = threads.stream().anyMatch(Thread::isAlive);
      ring.drain((item, note, time) -> {
        Integer before = last.put(item, note);
        assertThat(before == null ? -1 : before).as("seed %d", seed).isLessThan(note);
        assertThat(time).as("seed %d", seed).isEqualTo(note * 3L);
        received.incrementAndGet();
      });
      Thread.onSpinWait();
    }

    assertThat(received.get() + refused.get())
        .as("seed %d", seed)
        .isEqualTo((long) producers * each);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void produce(EventRing ring, Integer producer, int count, AtomicLong refused) {
    for (int i = 0; i < count; i++) {
      if (ring.add(producer, i, i * 3L) < 0) {
        refused.incrementAndGet();
      }
    }
  }
}
