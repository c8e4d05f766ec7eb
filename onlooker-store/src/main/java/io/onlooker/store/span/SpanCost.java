package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model call cost, as the server noted on its span; both null where nobody looked.
 *
 * @param usd US dollars, or null when that is not known: never 0 instead
 * @param missing why there is no figure, or null when there is one
 */
public record SpanCost(@Nullable BigDecimal usd, @Nullable String missing) {

  /** US dollars as a number, so that queries can add them up. */
  public static final String USD = "onlooker.cost_usd";

  /** {@code table} when our prices gave the figure, {@code reported} when the sender did. */
  public static final String SOURCE = "onlooker.cost.source";

  /** Why there is no figure: {@code no row}, {@code usage unknown} … */
  public static final String MISSING = "onlooker.cost.missing";

  /** True on a span that reports a model call which another span stands for. */
  public static final String REPEATED = "onlooker.cost.repeated";

  /** What stands under {@link #USD} elsewhere: on a repeated call it must not be added up. */
  public static final String REPEATED_USD = "onlooker.cost.repeated_usd";

  /** What stands under {@link #MISSING} elsewhere. */
  public static final String REPEATED_MISSING = "onlooker.cost.repeated_missing";

  /** US dollars as the sender said; its older names are folded into this one. */
  public static final String REPORTED = "gen_ai.cost.total_tokens";

  /** What the span carries. */
  public static SpanCost of(SpanData span) {
    Attributes attributes = span.attributes();
    Double usd = attributes.number(USD);
    return usd == null || !Double.isFinite(usd)
        ? new SpanCost(null, attributes.string(MISSING))
        : new SpanCost(BigDecimal.valueOf(usd), null);
  }

  /** What the sender said that it cost, or null when it said nothing usable. */
  public static @Nullable BigDecimal reported(SpanData span) {
    Double usd = span.attributes().number(REPORTED);
    return usd != null && Double.isFinite(usd) && usd >= 0 ? BigDecimal.valueOf(usd) : null;
  }
}
