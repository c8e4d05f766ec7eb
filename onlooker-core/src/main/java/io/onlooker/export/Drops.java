package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts what was not sent, for the metrics and for the client reports that tell Sentry. Safe for
 * many threads.
 */
final class Drops {

  private final ExportMetrics metrics;
  private final Map<Drop, Map<Category, Integer>> unreported = new EnumMap<>(Drop.class);

  Drops(ExportMetrics metrics) {
    this.metrics = metrics;
  }

  void count(Drop reason, Payload payload) {
    count(reason, payload.category(), payload.items());
  }

  void count(Drop reason, Category category, int items) {
    if (category == Category.REPORT || items == 0) {
      return;
    }
    metrics.countDropped(reason, items);
    if (category == Category.TRANSACTION) {
      report(reason, Category.TRANSACTION, 1);
      report(reason, Category.SPAN, items);
    } else {
      report(reason, category, items);
    }
  }

  private synchronized void report(Drop reason, Category category, int items) {
    unreported
        .computeIfAbsent(reason, none -> new EnumMap<>(Category.class))
        .merge(category, items, Integer::sum);
  }

  /** Whether everything counted was drained. */
  synchronized boolean reported() {
    return unreported.isEmpty();
  }

  /** Writes {@code discarded_events} and forgets them. */
  synchronized void drainTo(JsonWriter json) {
    json.beginArray();
    unreported.forEach((reason, categories) ->
        categories.forEach((category, items) ->
            json.beginObject()
                .name("reason")
                .value(wire(reason))
                .name("category")
                .value(category.wire)
                .name("quantity")
                .value(items)
                .endObject()));
    json.endArray();
    unreported.clear();
  }

  private static String wire(Drop reason) {
    return switch (reason) {
      case QUEUE_FULL -> "queue_overflow";
      case UNSAMPLED -> "sample_rate";
      case RATE_LIMITED -> "ratelimit_backoff";
      case UNREACHABLE -> "network_error";
      case REFUSED, TOO_LARGE, TOO_MANY, NOT_KEPT -> "send_error";
      case PROCESSOR, PROCESSOR_FAILED -> "before_send";
      case INVALID, CLOSED -> "internal_sdk_error";
    };
  }
}
