package io.onlooker.examples.checkout;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.checkout.Shop.Charge;
import io.onlooker.examples.web.Answer;
import io.onlooker.examples.web.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/checkout}: a span for the order, and within it one for the payment. */
final class Checkout {

  private final Onlooker onlooker;
  private final Shop shop;

  Checkout(Onlooker onlooker, Shop shop) {
    this.onlooker = onlooker;
    this.shop = shop;
  }

  /** The order's span is below the one of the page that asked. */
  Answer answer(Request request) throws IOException {
    SpanOptions processing = SpanOptions.named("Order Processing").op("commerce.order.server");
    return onlooker.<Answer, IOException>continueTrace(
        request.headers(),
        () -> onlooker.<Answer, IOException>startSpan(processing, span -> order(request, span)));
  }

  private Answer order(Request request, Span span) throws IOException {
    try {
      return order(request.json(), span);
    } catch (JacksonException e) {
      return refused(span, 400, false, "Cart is not JSON");
    } catch (RuntimeException e) {
      onlooker.captureException(e);
      return refused(span, 500, false, "Internal error");
    }
  }

  private Answer order(JsonNode wish, Span span) {
    List<Line> cart = Line.of(wish.path("items"));
    if (cart.isEmpty()) {
      return refused(span, 400, false, "Cart is empty");
    }
    Integer totalMinor = Shop.total(cart);
    if (totalMinor == null) {
      return refused(span, 400, false, "Invalid cart item");
    }
    boolean reserved = shop.reserve(cart);
    Charge charge = charge(totalMinor, Shop.provider(wish.path("paymentProvider").asString("")));
    span.setAttribute("payment.provider", charge.provider());
    if (!charge.succeeded() || !reserved) {
      return refused(span, 402, reserved, "Payment failed");
    }
    String orderId = UUID.randomUUID().toString();
    span.setAttribute("order.id", orderId);
    span.setAttribute("payment.status", "success");
    span.setAttribute("inventory.reserved", true);
    return Answer.ok(Map.of("orderId", orderId, "paymentProvider", charge.provider()));
  }

  private Charge charge(int totalMinor, String provider) {
    SpanOptions payment =
        SpanOptions.named("Charge Payment Provider")
            .op("commerce.payment")
            .attribute("payment.provider", provider);
    return onlooker.startSpan(
        payment,
        span -> {
          Charge charge = shop.charge(totalMinor, provider);
          span.setAttribute("payment.status", charge.status());
          if (!charge.succeeded()) {
            span.setStatus(SpanStatus.error("payment declined")); // the error rate per provider
          }
          return charge;
        });
  }

  private static Answer refused(Span span, int status, boolean reserved, String why) {
    span.setAttribute("payment.status", "failed");
    span.setAttribute("inventory.reserved", reserved);
    return Answer.error(status, why);
  }
}
