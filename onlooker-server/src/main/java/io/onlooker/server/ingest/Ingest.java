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
import org.jspecify.annotations.Nullable;

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
  private final Admission admission;
  private final MessageJoin messages;

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
      Admission admission,
      Consumer<Batch> kept) {
    this.admission = admission;
    this.kept = kept;
    this.store = store;
    this.pricing = pricing;
    this.scores = scores;
    this.limits = limits;
    this.counters = counters;
    this.clock = clock;
    this.messages = new MessageJoin(store, clock);
  }

  /**
   * What became of a request.
   *
   * @param accepted items that are kept now
   * @param decoded what was dropped, and the sender's id of the request
   * @param rateLimits what the sender should not send for a while, as Sentry's clients read it, or
   *     null
   */
  record Outcome(int accepted, Decoded decoded, @Nullable String rateLimits) {

    Drops drops() {
      return decoded.drops();
    }
  }

  /**
   * Takes in one body.
   *
   * @param dialect under which it is counted
   * @throws HttpProblem 400 when the body is not of this protocol, 429 when the limits of the key
   *     are used up, 429 or 503 when the store cannot take it now
   */
  Outcome accept(Caller caller, String dialect, Protocol protocol, byte[] body) {
    return keep(caller, dialect, decode(caller, dialect, protocol, body));
  }

  /**
   * Takes in what was decoded already.
   *
   * @throws HttpProblem 429 when the limits of the key are used up, 429 or 503 when the store
   *     cannot take it now
   */
  Outcome keep(Caller caller, String dialect, Decoded decoded) {
    Admission.Admitted admitted = admission.admit(caller, decoded);
    Decoded passing = admitted.decoded();
    List<Item> items = new ArrayList<>(passing.items().size());
    for (Item item : passing.items()) {
      Item trimmed = trim(Normaliser.normalise(item), passing.drops());
      items.add(scores.noted(caller.project(), price(caller.project(), trimmed)));
    }
    try {
      keep(new Batch(caller.project(), items));
    } catch (HttpProblem problem) {
      admission.giveBack(caller, admitted);
      throw problem;
    }
    count(dialect, items, passing.drops());
    admission.account(caller, passing);
    Admission.requireSome(admitted);
    return new Outcome(items.size(), passing, admitted.verdict().rateLimits());
  }

  private Decoded decode(Caller caller, String dialect, Protocol protocol, byte[] body) {
    Instant now = clock.instant();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    try {
      return protocol.decode(body, nanos);
    } catch (Malformed e) {
      Drops drops = new Drops();
      drops.add(Drop.INVALID, "request");
      count(dialect, List.of(), drops);
      admission.unreadable(caller);
      throw new HttpProblem(400, "Not readable", e.detail());
    }
  }

  private void keep(Batch batch) {
    if (batch.items().isEmpty()) {
      return;
    }
    List<SpanData> joined;
    try {
      messages.expect(batch);
      store.append(batch);
      joined = messages.join(batch);
    } catch (StoreException e) {
      throw notKept(e);
    }
    kept.accept(batch);
    if (!joined.isEmpty()) {
      kept.accept(new Batch(batch.project(), List.copyOf(joined)));
    }
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
    return item instanceof SpanData span
        ? pricing.price(project, SampleWeight.weighted(span))
        : item;
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
