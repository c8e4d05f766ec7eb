package io.onlooker.benchmarks.sessions;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Appends sessions as ingest does: the span of an agent and that of a model call, with ids at
 * random, users and conversations that come again, a failure in twenty, over thirty days.
 */
final class Filling {

  private static final int BATCH = 1_000;
  private static final long SPAN_OF_TIME = TimeUnit.DAYS.toNanos(30);

  private final Store store;
  private final long all;
  private final long first;

  /**
   * @param all how many sessions there will be in the end, which tells how dense they are
   */
  Filling(Store store, long all, Instant now) {
    this.store = store;
    this.all = all;
    this.first = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) - SPAN_OF_TIME;
  }

  void run(long from, long to) {
    Random random = new Random(from);
    for (long next = from; next < to; next += BATCH) {
      List<Item> items = new ArrayList<>();
      for (long i = next; i < Math.min(to, next + BATCH); i++) {
        session(i, random, items);
      }
      store.append(new Batch(1, items));
    }
  }

  private void session(long number, Random random, List<Item> items) {
    long start = first + (long) ((double) SPAN_OF_TIME * number / all);
    long nanos = TimeUnit.MILLISECONDS.toNanos(200 + (long) (random.nextDouble() * 20_000));
    String trace = "%016x%016x".formatted(random.nextLong(), random.nextLong());
    String root = "%016x".formatted(random.nextLong());
    boolean failed = random.nextInt(20) == 0;
    Attributes.Builder agent =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "agent")
            .put(GenAi.AGENT_NAME, "agent-" + random.nextInt(12))
            .put(GenAi.USER_ID, "user-" + random.nextInt(50_000))
            .put(GenAi.CONVERSATION_ID, "conversation-" + number / 4)
            .put("input", "Where is order " + number + "? It should have been here on Monday.")
            .put("output", "It left the warehouse yesterday and will arrive tomorrow morning.")
            .put("deployment.environment.name", "production")
            .put("service.version", "2026.11." + number * 30 / all);
    SpanStatus status = failed ? SpanStatus.error("order service: 503") : SpanStatus.OK;
    items.add(span(trace, root, null, "gen_ai.invoke_agent", start, nanos, status, agent));
    Attributes.Builder call =
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "ai_client")
            .put(GenAi.REQUEST_MODEL, random.nextBoolean() ? "gpt-4o" : "gpt-4o-mini")
            .put(GenAi.USAGE_INPUT_TOKENS, 100 + random.nextInt(20_000))
            .put(GenAi.USAGE_OUTPUT_TOKENS, 10 + random.nextInt(1_000))
            .put("onlooker.cost_usd", random.nextInt(100_000) / 1e6);
    String id = "%016x".formatted(random.nextLong());
    items.add(span(trace, id, root, "gen_ai.chat", start, nanos / 2, SpanStatus.OK, call));
  }

  private static SpanData span(
      String trace,
      String id,
      @org.jspecify.annotations.Nullable String parent,
      String op,
      long start,
      long nanos,
      SpanStatus status,
      Attributes.Builder attributes) {
    return new SpanData(
        trace,
        id,
        parent,
        op,
        op,
        start,
        start + nanos,
        status,
        parent == null,
        attributes.build(),
        List.of());
  }
}
