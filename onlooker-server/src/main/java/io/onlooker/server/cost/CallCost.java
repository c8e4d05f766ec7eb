package io.onlooker.server.cost;

import io.onlooker.SpanData;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.SpanCost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the model call of a span cost, by our prices and by its sender.
 *
 * @param call null when the span names no model
 * @param table by our prices; null without a call
 * @param reported US dollars as the sender said, or null when it said nothing usable
 */
public record CallCost(
    @Nullable ModelCall call, @Nullable Cost table, @Nullable BigDecimal reported) {

  /**
   * Looks at one span.
   *
   * @return null when nobody bills it, or not yet: it is no model call, runs, or failed before any
   *     token was counted
   */
  public static @Nullable CallCost of(SpanData span, Prices prices) {
    if (span.open() || !SpanCalls.billed(span)) {
      return null;
    }
    ModelCall call = SpanCalls.of(span, prices);
    BigDecimal reported = SpanCost.reported(span);
    boolean counted = call != null && !call.usage().unknown();
    if (!counted && reported == null && Fault.of(span) != null) {
      return null;
    }
    return new CallCost(call, call == null ? null : Cost.of(call, prices), reported);
  }

  /** The figure that counts, or null when there is none. */
  public @Nullable BigDecimal usd() {
    BigDecimal ours = table == null ? null : table.usd();
    return ours == null || bySender() ? reported : ours;
  }

  /** Whether the sender's figure counts: where we have none, or it is whoever sends the bill. */
  public boolean bySender() {
    boolean none = table == null || table.usd() == null;
    return reported != null && (none || (call != null && Provider.isGateway(call.provider())));
  }

  /** Why there is no figure, or null when there is one. */
  public @Nullable String missing() {
    if (usd() != null) {
      return null;
    }
    return table == null ? "no model" : table.reason();
  }
}
