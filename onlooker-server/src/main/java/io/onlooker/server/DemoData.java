package io.onlooker.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.server.access.Access;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.demo.SampleShop;
import io.onlooker.server.ingest.Recording;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests that real clients sent, and some days of a shop that never was, as something to look at.
 *
 * <p>All moments of the requests are moved by one and the same span of time, so that the newest of
 * them lies a minute back: order, distances and durations stay as they were recorded.
 */
final class DemoData {

  private static final Duration BACK = Duration.ofMinutes(1);

  /** Enough to say what is usual. */
  private static final int DAYS = 8;

  /** Today, and what it is compared with. */
  private static final int FIRST_DAYS = 2;

  private DemoData() {}

  static void appendTo(Store store, Instant now) throws IOException {
    List<Item> items = new ArrayList<>();
    for (String name : new String(read("index.txt"), UTF_8).lines().toList()) {
      items.addAll(new Recording(name, read(name)).items());
    }
    long newest = items.stream().mapToLong(DemoData::moment).max().orElse(0);
    long wanted = nanos(now.minus(BACK));
    Pricing pricing = new Pricing(Prices.shipped());
    List<Item> priced =
        moved(items, wanted - newest).stream()
            .map(item -> item instanceof SpanData span ? pricing.price(span) : item)
            .toList();
    store.append(new Batch(Access.FIRST_PROJECT, priced));
  }

  /** Some days of the shop; the earlier ones follow when this has returned. */
  static void appendShopTo(Store store, Instant now) {
    SampleShop.fill(store, Access.FIRST_PROJECT, now, FIRST_DAYS);
    Thread.ofVirtual().start(() -> appendEarlier(store, now));
  }

  /** Nobody waits for what is only there to say what is usual. */
  private static void appendEarlier(Store store, Instant now) {
    try {
      SampleShop.fillBefore(store, Access.FIRST_PROJECT, now, FIRST_DAYS, DAYS);
    } catch (RuntimeException e) {
      // The demo was ended meanwhile: its store is closed, and its folder is removed.
    }
  }

  static List<Item> moved(List<Item> items, long by) {
    return items.stream().map(item -> moved(item, by)).toList();
  }

  private static Item moved(Item item, long by) {
    return switch (item) {
      case SpanData span -> moved(span, by);
      case LogData log ->
          new LogData(
              log.timeNanos() + by,
              log.traceId(),
              log.spanId(),
              log.level(),
              log.body(),
              log.attributes());
      case ErrorData error ->
          new ErrorData(
              error.eventId(),
              error.timeNanos() + by,
              error.traceId(),
              error.spanId(),
              error.level(),
              error.message(),
              error.exceptions(),
              error.attributes());
    };
  }

  private static SpanData moved(SpanData span, long by) {
    List<SpanEvent> events =
        span.events().stream()
            .map(event -> new SpanEvent(event.timeNanos() + by, event.name(), event.attributes()))
            .toList();
    return new SpanData(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.name(),
        span.op(),
        span.startNanos() + by,
        span.open() ? SpanData.OPEN : span.endNanos() + by,
        span.status(),
        span.segment(),
        span.attributes(),
        events);
  }

  private static long moment(Item item) {
    return switch (item) {
      case SpanData span -> span.open() ? span.startNanos() : span.endNanos();
      case LogData log -> log.timeNanos();
      case ErrorData error -> error.timeNanos();
    };
  }

  private static long nanos(Instant moment) {
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = DemoData.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IOException("demo: " + name + " is missing (expected: in the jar)");
      }
      return in.readAllBytes();
    }
  }
}
