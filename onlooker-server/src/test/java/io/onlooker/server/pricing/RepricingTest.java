package io.onlooker.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.access.Access;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.store.Batch;
import io.onlooker.store.Edit;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import io.onlooker.store.span.SpanCost;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pricing again while clients go on sending: what they say last is what stays. */
class RepricingTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "00000000000000bb";

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private Access access;

  private final Pricing pricing = new Pricing(Prices.shipped());

  @BeforeEach
  void open(@TempDir Path folder) {
    store = EmbeddedStore.open(StoreConfig.of(folder.resolve("data")));
    access = Access.open(folder.resolve("settings.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    access.close();
    store.close();
  }

  @Test
  void spanRevisedBetweenReadingAndWriting_keepsTheRevision() {
    append(unpriced("first", 1_000));

    reprice(() -> append(pricing.price(1, call("second", 2_000))));

    SpanData kept = span();
    assertThat(kept.attributes().string("word")).isEqualTo("second");
    assertThat(SpanCost.of(kept).usd()).isEqualByComparingTo("0.005");
  }

  @Test
  void spanRevisedWithTheOldPrice_isPricedAgainAsItStandsNow() {
    append(unpriced("first", 1_000));
    int[] revisions = {1};

    reprice(() -> {
      if (revisions[0]++ == 1) {
        append(unpriced("second", 2_000));
      }
    });

    SpanData kept = span();
    assertThat(kept.attributes().string("word")).isEqualTo("second");
    assertThat(SpanCost.of(kept).usd()).isEqualByComparingTo("0.005");
  }

  @Test
  void spanRevisedWhenItsTurnComesAgain_stillKeepsTheRevision() {
    append(unpriced("first", 1_000));
    int[] revisions = {1};

    reprice(() -> {
      if (revisions[0] < 4) {
        append(unpriced("revision " + ++revisions[0], 2_000));
      }
    });

    assertThat(span().attributes().string("word")).isEqualTo("revision 4");
    assertThat(SpanCost.of(span()).usd()).isEqualByComparingTo("0.005");
  }

  @Test
  void spanThatNobodyTouches_isPricedAgain() {
    append(unpriced("first", 1_000));

    reprice(() -> {});

    assertThat(span().attributes().string("word")).isEqualTo("first");
    assertThat(SpanCost.of(span()).usd()).isEqualByComparingTo("0.0025");
  }

  /**
   * @param meanwhile runs each time when spans were read and before they are written
   */
  private void reprice(Runnable meanwhile) {
    Store interrupted =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, arguments) -> {
                  Object answer = method.invoke(store, arguments);
                  return answer instanceof Edit edit ? interrupted(edit, meanwhile) : answer;
                });
    try (Repricing repricing =
        new Repricing(interrupted, pricing, access, () -> Clock.systemUTC().instant())) {
      repricing.begin(1, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
      await().until(() -> !state(repricing).equals(RepriceJob.State.RUNNING));
      assertThat(state(repricing)).isEqualTo(RepriceJob.State.DONE);
    }
  }

  private static RepriceJob.State state(Repricing repricing) {
    return Objects.requireNonNull(repricing.job(1)).state();
  }

  private static Edit interrupted(Edit edit, Runnable meanwhile) {
    return new Edit() {
      @Override
      public List<SpanData> append(List<SpanData> revisions) {
        meanwhile.run();
        return edit.append(revisions);
      }

      @Override
      public void close() {
        edit.close();
      }
    };
  }

  private SpanData span() {
    return Objects.requireNonNull(store.span(1, TRACE, SPAN));
  }

  private void append(SpanData span) {
    store.append(new Batch(1, List.of(span)));
  }

  private static SpanData unpriced(String word, long tokens) {
    SpanData call = call(word, tokens);
    return call.withAttributes(
        call.attributes().toBuilder().put(SpanCost.MISSING, "no row").build());
  }

  private static SpanData call(String word, long tokens) {
    long start = TimeUnit.SECONDS.toNanos(Instant.parse("2026-11-20T08:00:00Z").getEpochSecond());
    Attributes attributes =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "ai_client")
            .put(GenAi.OPERATION_NAME, "chat")
            .put(GenAi.PROVIDER_NAME, "openai")
            .put(GenAi.REQUEST_MODEL, "gpt-4o")
            .put(GenAi.USAGE_INPUT_TOKENS, tokens)
            .put("word", word)
            .build();
    return new SpanData(
        TRACE,
        SPAN,
        null,
        "chat",
        "gen_ai.chat",
        start,
        start + 1,
        SpanStatus.OK,
        true,
        attributes,
        List.of());
  }
}
