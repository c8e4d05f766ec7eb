package io.onlooker.server.cost;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanTokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Notes on the span of each model call what it used and cost, so that queries, lists and sums find
 * it there. Safe for many threads.
 */
public final class Pricing {

  /** Names that only we give. */
  private static final List<String> OURS =
      List.of(
          SpanCost.USD,
          SpanCost.SOURCE,
          SpanCost.MISSING,
          SpanCost.REPEATED,
          SpanCost.REPEATED_USD,
          SpanCost.REPEATED_MISSING,
          SpanTokens.ALL_INPUT,
          SpanTokens.ALL);

  private final IntFunction<Prices> prices;

  /** The same prices for every project. */
  public Pricing(Prices prices) {
    this(_ -> prices);
  }

  /**
   * The prices of each project.
   *
   * @param prices may be called often, by many threads
   */
  public Pricing(IntFunction<Prices> prices) {
    this.prices = prices;
  }

  /** As {@link #price(int, SpanData)} where every project has the same prices. */
  public SpanData price(SpanData span) {
    return price(0, span);
  }

  /**
   * The span with its cost, or with the reason why none is known; the same span when nobody bills
   * it. What a sender put under our names is taken off.
   */
  public SpanData price(int project, SpanData span) {
    CallCost cost = CallCost.of(span, prices.apply(project));
    if (cost == null && !hasOurs(span.attributes())) {
      return span;
    }
    Attributes.Builder noted = withoutOurs(span.attributes());
    if (cost != null) {
      BigDecimal usd = cost.usd();
      noted.put(SpanCost.USD, usd == null ? null : usd.doubleValue());
      noted.put(SpanCost.SOURCE, usd == null ? null : cost.bySender() ? "reported" : "table");
      noted.put(SpanCost.MISSING, cost.missing());
      tokens(cost.call(), noted);
    }
    return span.withAttributes(noted.build());
  }

  /** Only where the sender counted the cached tokens beside the input. */
  private static void tokens(@Nullable ModelCall call, Attributes.Builder noted) {
    Long reported = call == null ? null : call.usage().inputTokens();
    if (call == null || reported == null || call.usage().negative()) {
      return;
    }
    MeteredUsage usage = MeteredUsage.of(call.usage(), false);
    if (usage.totalInput() != reported) {
      noted.put(SpanTokens.ALL_INPUT, usage.totalInput());
      noted.put(SpanTokens.ALL, usage.totalInput() + usage.totalOutput());
    }
  }

  private static boolean hasOurs(Attributes attributes) {
    for (String name : OURS) {
      if (attributes.has(name)) {
        return true;
      }
    }
    return false;
  }

  private static Attributes.Builder withoutOurs(Attributes attributes) {
    if (!hasOurs(attributes)) {
      return attributes.toBuilder();
    }
    Attributes.Builder others = Attributes.builder();
    attributes.forEach((key, value) -> {
      if (!OURS.contains(key)) {
        others.put(key, value);
      }
    });
    return others;
  }
}
