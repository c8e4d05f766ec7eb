package io.onlooker.server.cost;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one model during one period.
 *
 * @param validFrom the first day (UTC), or null for all the past
 * @param validTo the first day after (UTC), or null while it holds
 * @param contextWindow how many tokens the model takes in one call, or null when not known
 */
public record PriceRow(
    String provider,
    String model,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo,
    Map<Meter, BigDecimal> prices,
    List<Tier> tiers,
    List<String> sources,
    @Nullable Long contextWindow) {

  /** Other prices of the row under conditions, which must all hold. */
  public record Tier(String when, List<Condition> conditions, Map<Meter, BigDecimal> prices) {

    boolean holds(ModelCall call, long totalInput) {
      return conditions.stream().allMatch(condition -> condition.holds(call, totalInput));
    }

    private long threshold() {
      return conditions.stream()
          .mapToLong(each -> each instanceof Condition.InputAbove above ? above.tokens() : 0)
          .max()
          .orElse(0);
    }

    private boolean names(@Nullable String serviceTier) {
      return conditions.contains(new Condition.ServiceTier(String.valueOf(serviceTier)));
    }
  }

  private static final Comparator<Tier> MOST_SPECIFIC =
      Comparator.<Tier>comparingInt(tier -> tier.conditions().size())
          .thenComparingLong(Tier::threshold);

  /**
   * Reads a row as the price file has it: provider, model, valid_from, valid_to, prices by meter.
   *
   * @throws IllegalArgumentException for a missing or wrong member, naming it
   */
  public static PriceRow parse(String json) {
    return PriceFile.row(json);
  }

  /** Whether both hold on some day for the same model of the same provider. */
  public boolean overlaps(PriceRow other) {
    return provider.equalsIgnoreCase(other.provider)
        && model.equalsIgnoreCase(other.model)
        && before(validFrom, other.validTo)
        && before(other.validFrom, validTo);
  }

  private static boolean before(@Nullable LocalDate from, @Nullable LocalDate to) {
    return from == null || to == null || from.isBefore(to);
  }

  boolean validAt(Instant at) {
    LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || day.isBefore(validTo));
  }

  /** The tier the whole call is billed at, or null for the row's own prices. */
  @Nullable Tier tier(ModelCall call, long totalInput) {
    return tiers.stream()
        .filter(tier -> tier.holds(call, totalInput))
        .max(MOST_SPECIFIC)
        .orElse(null);
  }

  boolean knowsTier(@Nullable String serviceTier) {
    return serviceTier == null || tiers.stream().anyMatch(tier -> tier.names(serviceTier));
  }

  /** The price per million, or null when the row has none and nothing stands in for it. */
  @Nullable BigDecimal price(Meter meter, @Nullable Tier tier) {
    return switch (meter) {
      case INPUT, OUTPUT -> own(meter, tier);
      case CACHED_INPUT -> cachedInput(tier);
      case CACHE_WRITE -> first(tier, Meter.CACHE_WRITE, Meter.CACHE_WRITE_5M, Meter.INPUT);
      case CACHE_WRITE_5M -> first(tier, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE, Meter.INPUT);
      case CACHE_WRITE_1H -> first(tier, Meter.CACHE_WRITE_1H, Meter.CACHE_WRITE, Meter.INPUT);
      case CACHE_WRITE_12H -> first(tier, Meter.CACHE_WRITE_12H, Meter.CACHE_WRITE, Meter.INPUT);
      case REASONING -> first(tier, Meter.REASONING, Meter.OUTPUT);
      case AUDIO_INPUT, AUDIO_OUTPUT, IMAGE_OUTPUT -> own(meter, tier);
    };
  }

  /** A tier that lists no cached price keeps the row's, but never above its own input price. */
  private @Nullable BigDecimal cachedInput(@Nullable Tier tier) {
    BigDecimal cached = first(tier, Meter.CACHED_INPUT, Meter.INPUT);
    BigDecimal input = own(Meter.INPUT, tier);
    return cached == null || input == null ? cached : cached.min(input);
  }

  private @Nullable BigDecimal first(@Nullable Tier tier, Meter... meters) {
    for (Meter meter : meters) {
      BigDecimal price = own(meter, tier);
      if (price != null) {
        return price;
      }
    }
    return null;
  }

  private @Nullable BigDecimal own(Meter meter, @Nullable Tier tier) {
    BigDecimal price = tier == null ? null : tier.prices().get(meter);
    return price == null ? prices.get(meter) : price;
  }
}
