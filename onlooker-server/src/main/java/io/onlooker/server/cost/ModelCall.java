package io.onlooker.server.cost;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model call as far as its price depends on it.
 *
 * @param provider as the client named it ({@code openai.responses}), or null
 * @param model as the client named it
 * @param at when it was made; prices have dates
 * @param serviceTier {@code batch}, {@code priority} …, or null
 * @param speed {@code fast}, or null
 */
public record ModelCall(
    @Nullable String provider,
    String model,
    Instant at,
    @Nullable String serviceTier,
    @Nullable String speed,
    TokenUsage usage) {

  private static final Set<String> USUAL =
      Set.of("", "default", "auto", "standard", "standard_only", "on_demand");

  /** The tier as price files name it, or null for the usual price. */
  @Nullable String billedTier() {
    String tier = serviceTier == null ? "" : serviceTier.toLowerCase(Locale.ROOT);
    if (USUAL.contains(tier)) {
      return null;
    }
    return tier.equals("fast") ? "priority" : tier;
  }
}
