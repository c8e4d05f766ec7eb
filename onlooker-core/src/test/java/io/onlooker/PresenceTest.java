package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.instrument.Presence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a framework tells of where a thread is. */
class PresenceTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;
  private final Span first = onlooker.startInactiveSpan("first");
  private final Span second = onlooker.startInactiveSpan("second");

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void enter_isUntilItIsClosed() {
    Presence presence = onlooker.enter(first);

    assertThat(onlooker.currentSpan()).isSameAs(first);

    presence.close();
    presence.close();
    assertThat(onlooker.currentSpan().recording()).isFalse();
  }

  @Test
  void close_inNoOrder() {
    Presence outer = onlooker.enter(first);
    Presence inner = onlooker.enter(second);

    outer.close();

    assertThat(onlooker.currentSpan()).isSameAs(second);
    inner.close();
    assertThat(onlooker.currentSpan().recording()).isFalse();
  }

  @Test
  void withSpan_afterwardsIsNearer() {
    try (Presence presence = onlooker.enter(first)) {
      assertThat(onlooker.<Span, RuntimeException>withSpan(second, any -> onlooker.currentSpan()))
          .isSameAs(second);
      assertThat(onlooker.currentSpan()).isSameAs(first);
      assertThat(presence).isNotNull();
    }
  }

  @Test
  void withSpan_beforeIsFarther() {
    Span seen =
        onlooker.withSpan(
            second,
            any -> {
              try (Presence presence = onlooker.enter(first)) {
                assertThat(presence).isNotNull();
                return onlooker.currentSpan();
              }
            });

    assertThat(seen).isSameAs(first);
    assertThat(onlooker.currentSpan().recording()).isFalse();
  }

  @Test
  void wrap_carriesItOver() throws Exception {
    Span[] seen = new Span[1];
    Runnable task;
    try (Presence presence = onlooker.enter(first)) {
      assertThat(presence).isNotNull();
      Runnable look = () -> seen[0] = onlooker.currentSpan();
      task = onlooker.wrap(look);
    }

    Thread thread = new Thread(task);
    thread.start();
    thread.join();

    assertThat(seen[0]).isSameAs(first);
  }
}
