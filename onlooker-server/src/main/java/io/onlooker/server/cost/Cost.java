package io.onlooker.server.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model call cost, with the sum that gives it; or why that is not known.
 *
 * @param usd exact US dollars, or null when not known: never a guess, never 0 instead
 * @param row the prices that were used, or would have been; null when the model has none
 * @param tier the condition they were billed under, or null for the row's own prices
 * @param reason why there is no figure, or null when there is one
 * @param flags what the report or the name contradicted, in words
 */
public record Cost(
    @Nullable BigDecimal usd,
    @Nullable PriceRow row,
    @Nullable String tier,
    List<Line> lines,
    @Nullable String reason,
    List<String> flags) {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Tokens times their price per million. */
  public record Line(Meter meter, long tokens, BigDecimal price) {

    BigDecimal product() {
      return price.multiply(BigDecimal.valueOf(tokens));
    }
  }

  /** The cost of a call by these prices. */
  public static Cost of(ModelCall call, Prices prices) {
    PriceMatch match = prices.lookup(call.provider(), call.model());
    PriceRow row = match == null ? null : match.at(call.at());
    if (match == null || row == null) {
      return unknown(null, "no row", List.of());
    }
    if (call.usage().unknown()) {
      return unknown(row, "usage unknown", match.flags());
    }
    if (call.usage().negative()) {
      return unknown(row, "negative token count", match.flags());
    }
    if (call.usage().absurd()) {
      return unknown(row, "absurd token count", match.flags());
    }
    return of(call, row, match.flags());
  }

  private static Cost of(ModelCall call, PriceRow row, List<String> nameFlags) {
    MeteredUsage usage = MeteredUsage.of(call.usage(), row.prices().containsKey(Meter.REASONING));
    List<String> flags = new ArrayList<>(nameFlags);
    flags.addAll(usage.flags());
    if (!row.knowsTier(call.billedTier())) {
      flags.add("service tier " + call.serviceTier() + " has no price: the usual one was taken");
    }
    PriceRow.Tier tier = row.tier(call, usage.totalInput());
    List<Line> lines = new ArrayList<>();
    for (Meter meter : Meter.values()) {
      long tokens = usage.tokens().getOrDefault(meter, 0L);
      BigDecimal price = row.price(meter, tier);
      if (tokens > 0 && price == null) {
        return unknown(row, "no price for " + meter.key(), flags);
      }
      if (tokens > 0 && price != null) {
        lines.add(new Line(meter, tokens, price));
      }
    }
    return new Cost(sum(lines), row, tier == null ? null : tier.when(), lines, null, flags);
  }

  /**
   * The sum as a person checks it, {@code (1000*2.5 + 500*10) / 1000000 = 0.0075}; null without.
   */
  public @Nullable String arithmetic() {
    if (usd == null) {
      return null;
    }
    String sum =
        lines.stream()
            .map(line -> line.tokens() + "*" + plain(line.price()))
            .collect(Collectors.joining(" + "));
    return "(" + (sum.isEmpty() ? "0" : sum) + ") / 1000000 = " + plain(usd);
  }

  /** A number without exponent and without closing zeros. */
  public static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static Cost unknown(@Nullable PriceRow row, String reason, List<String> flags) {
    return new Cost(null, row, null, List.of(), reason, flags);
  }

  private static BigDecimal sum(List<Line> lines) {
    return lines.stream()
        .map(Line::product)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(MILLION);
  }
}
