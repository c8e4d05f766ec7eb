package io.onlooker.server.ingest;

import io.onlooker.Drop;
import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.quota.Category;
import io.onlooker.server.quota.Quotas;
import io.onlooker.server.quota.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Leaves out what a key may not send now, and keeps its account. Safe for many threads. */
final class Admission {

  private final Quotas quotas;
  private final KeyUse use;

  Admission(Quotas quotas, KeyUse use) {
    this.quotas = quotas;
    this.use = use;
  }

  /**
   * What passes of a request; the rest is among its drops.
   *
   * @param quantities what the request held before
   */
  record Admitted(Decoded decoded, Map<Category, Long> quantities, Verdict verdict) {}

  /**
   * Lets pass what the limits of the caller's key allow.
   *
   * @throws HttpProblem 429 when that is nothing
   */
  Admitted admit(Caller caller, Decoded decoded) {
    Map<Category, Long> quantities = quantities(decoded);
    Key key = caller.key();
    Verdict verdict = key == null ? Verdict.FREE : quotas.admit(key, quantities);
    if (verdict.refused().isEmpty()) {
      return new Admitted(decoded, quantities, verdict);
    }
    Drops drops = decoded.drops();
    List<Item> passing = new ArrayList<>();
    for (int i = 0; i < decoded.items().size(); i++) {
      Item item = decoded.items().get(i);
      Category category = i < decoded.ofTransactions() ? Category.TRANSACTION : category(item);
      if (verdict.refuses(category)) {
        drops.add(Drop.RATE_LIMITED, category.label());
      } else {
        passing.add(item);
      }
    }
    drops.refuse(kind -> {
      Category category = Category.ofKind(kind);
      return category != null && verdict.refuses(category);
    });
    drops.explain("limit: " + verdict.explanation() + " is used up (try again later)");
    return new Admitted(new Decoded(passing, drops, decoded.eventId()), quantities, verdict);
  }

  /** Sends the caller away when nothing but what its limits refuse was in the request. */
  static void requireSome(Admitted admitted) {
    Drops drops = admitted.decoded().drops();
    if (!admitted.decoded().items().isEmpty() || drops.count(Drop.RATE_LIMITED) == 0) {
      return;
    }
    Verdict verdict = admitted.verdict();
    throw new HttpProblem(429, "Too much", "limit: " + verdict.explanation() + " is used up")
        .with("retry-after", Long.toString(verdict.retrySeconds()))
        .with("x-sentry-rate-limits", String.valueOf(verdict.rateLimits()))
        .with("x-onlooker-accepted", "0")
        .with("x-onlooker-dropped", Long.toString(drops.total()));
  }

  /** Puts into the key's account what was kept and what was not. */
  void account(Caller caller, Decoded kept) {
    Key key = caller.key();
    if (key == null) {
      return;
    }
    quantitiesOf(kept)
        .forEach((category, quantity) ->
            use.count(key.id(), category.label(), KeyUse.ACCEPTED, quantity));
    kept.drops()
        .counts()
        .forEach((kind, quantity) ->
            use.count(
                key.id(), label(kind), kind.reason().name().toLowerCase(Locale.ROOT), quantity));
  }

  /** Puts a request into the account that could not be read at all. */
  void unreadable(Caller caller) {
    if (caller.key() != null) {
      use.count(caller.key().id(), "request", "invalid", 1);
    }
  }

  /** Undoes {@link #admit}: the store could not take it. */
  void giveBack(Caller caller, Admitted admitted) {
    if (caller.key() != null) {
      quotas.giveBack(caller.key(), admitted.quantities(), admitted.verdict());
    }
  }

  /** What the limits count: what can be kept, and what is understood but never kept. */
  private static Map<Category, Long> quantities(Decoded decoded) {
    Map<Category, Long> quantities = quantitiesOf(decoded);
    decoded
        .drops()
        .counts()
        .forEach((kind, quantity) -> {
          Category category = Category.ofKind(kind.category());
          if (kind.reason() == Drop.NOT_KEPT && category != null) {
            quantities.merge(category, quantity, Long::sum);
          }
        });
    return quantities;
  }

  private static Map<Category, Long> quantitiesOf(Decoded decoded) {
    Map<Category, Long> quantities = new EnumMap<>(Category.class);
    for (int i = 0; i < decoded.items().size(); i++) {
      Item item = decoded.items().get(i);
      quantities.merge(category(item), 1L, Long::sum);
      if (i < decoded.ofTransactions() && item instanceof SpanData span && span.segment()) {
        quantities.merge(Category.TRANSACTION, 1L, Long::sum);
      }
    }
    return quantities;
  }

  private static Category category(Item item) {
    return switch (item) {
      case SpanData _ -> Category.SPAN;
      case LogData _ -> Category.LOG;
      case ErrorData _ -> Category.ERROR;
    };
  }

  private static String label(Drops.Kind kind) {
    if (kind.reason() == Drop.NOT_KEPT || kind.reason() == Drop.RATE_LIMITED) {
      Category category = Category.ofKind(kind.category());
      return category == null || category == Category.OTHER ? kind.category() : category.label();
    }
    return kind.category().equals("event") ? "error" : kind.category();
  }
}
