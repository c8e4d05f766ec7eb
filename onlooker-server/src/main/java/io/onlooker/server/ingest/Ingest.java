package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The way in: bytes are decoded, normalised, priced and given to the store. Whoever gets an answer
 * knows that what was accepted is durable. Safe for many threads.
 */
final class Ingest {

  private static final String RETRY_SECONDS = "30";

  private final Store store;
  private final Pricing pricing;
  private final ScoreBook scores;
  private final Limits limits;
  private final Counters counters;
  private final Clock clock;
  private final Consumer<Batch> kept;

  /**
   * @param kept sees every batch that was kept; must return at once and never throw
   */
  Ingest(
      Store store,
      Pricing pricing,
      ScoreBook scores,
      Limits limits,
      Counters counters,
      Clock clock,
      Consumer<Batch> kept) {
    this.kept = kept;
    this.store = store;
    this.pricing = pricing;
    this.scores = scores;
    this.limits = limits;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * What became of a request.
   *
   * @param accepted items that are kept now
   * @param decoded what was dropped, and the sender's id of the request
   */
  record Outcome(int accepted, Decoded decoded) {

    Drops drops() {
      return decoded.drops();
    }
  }

  /**
   * Takes in one body.
   *
   * @param dialect under which it is counted
   * @throws HttpProblem 400 when the body is not of this protocol, 429 or 503 when the store cannot
   *     take it now
   */
  Outcome accept(int project, String dialect, Protocol protocol, byte[] body) {
    return keep(project, dialect, decode(protocol, body));
  }

  /**
   * Takes in what was decoded already.
   *
   * @throws HttpProblem 429 or 503 when the store cannot take it now
   */
  Outcome keep(int project, String dialect, Decoded decoded) {
    List<Item> items = new ArrayList<>(decoded.items().size());
    for (Item item : decoded.items()) {
      Item trimmed = trim(Normaliser.normalise(item), decoded.drops());
      items.add(scores.noted(project, price(project, trimmed)));
    }
    keep(new Batch(project, items));
    count(dialect, items, decoded.drops());
    return new Outcome(items.size(), decoded);
  }

  private Decoded decode(Protocol protocol, byte[] body) {
    Instant now = clock.instant();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    try {
      return protocol.decode(body, nanos);
    } catch (Malformed e) {
      throw new HttpProblem(400, "Not readable", e.detail());
    }
  }

  private void keep(Batch batch) {
    if (batch.items().isEmpty()) {
      return;
    }
    try {
      store.append(batch);
    } catch (StoreException e) {
      throw notKept(e);
    }
    kept.accept(batch);
  }

  /** What a sender is told whose items the store cannot take now. */
  HttpProblem notKept(StoreException e) {
    boolean full = e.reason() == StoreException.Reason.FULL;
    counters.add("onlooker_ingest_store_failures_total", 1, "reason", e.reason().name());
    return new HttpProblem(full ? 429 : 503, "Not kept", "store: " + e.getMessage())
        .with("retry-after", RETRY_SECONDS)
        .with("x-sentry-rate-limits", RETRY_SECONDS + "::organization");
  }

  private Item price(int project, Item item) {
    return item instanceof SpanData span ? pricing.price(project, span) : item;
  }

  private Item trim(Item item, Drops drops) {
    if (item instanceof SpanData span && span.attributes().size() > limits.attributes()) {
      drops.add(Drop.TOO_MANY, "attribute", span.attributes().size() - limits.attributes());
      return span.withAttributes(firstOf(span.attributes()));
    }
    if (item instanceof LogData log && log.attributes().size() > limits.attributes()) {
      drops.add(Drop.TOO_MANY, "attribute", log.attributes().size() - limits.attributes());
      return new LogData(
          log.timeNanos(),
          log.traceId(),
          log.spanId(),
          log.level(),
          log.body(),
          firstOf(log.attributes()));
    }
    return item;
  }

  private Attributes firstOf(Attributes attributes) {
    Attributes.Builder first = Attributes.builder();
    attributes.forEach((key, value) -> {
      if (first.size() < limits.attributes()) {
        first.put(key, value);
      }
    });
    return first.build();
  }

  private void count(String dialect, List<Item> items, Drops drops) {
    counters.add("onlooker_ingest_items_total", items.size(), "protocol", dialect);
    drops
        .counts()
        .forEach((kind, quantity) ->
            counters.add(
                "onlooker_ingest_dropped_total",
                quantity,
                "protocol",
                dialect,
                "reason",
                kind.reason().name().toLowerCase(Locale.ROOT),
                "category",
                kind.category()));
  }
}
