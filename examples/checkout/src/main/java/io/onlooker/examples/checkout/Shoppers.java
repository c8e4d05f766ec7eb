package io.onlooker.examples.checkout;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.web.Fetch;
import io.onlooker.examples.web.Visit;
import io.onlooker.examples.web.Visitor;
import io.onlooker.examples.web.Visits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Does what the page does, without a browser: one cart after another, with each provider. */
public final class Shoppers {

  private final Onlooker onlooker;
  private final Visitor visitor;

  private Shoppers(Onlooker onlooker, Visitor visitor) {
    this.onlooker = onlooker;
    this.visitor = visitor;
  }

  /** Takes the backend's address: {@code http://localhost:8080}. */
  public static void main(String[] arguments) throws InterruptedException {
    Visits shopping = Shoppers::visits;
    shopping.run(URI.create(arguments[0]));
  }

  /** A few carts with each provider, some of which are too dear for it or more than there is. */
  public static List<Visit> visits(Onlooker onlooker, URI backend) {
    Shoppers shoppers = new Shoppers(onlooker, new Visitor(onlooker, backend));
    List<Visit> visits = new ArrayList<>();
    for (String provider : List.of("ZapPay", "LagPay", "StrictPay")) {
      visits.add(() -> shoppers.checkout(List.of(new Line("mug", 1)), provider));
      visits.add(
          () -> shoppers.checkout(List.of(new Line("mug", 2), new Line("shirt", 2)), provider));
      visits.add(
          () -> shoppers.checkout(List.of(new Line("mug", 6), new Line("lamp", 1)), provider));
    }
    visits.add(() -> shoppers.checkout(List.of(new Line("lamp", 4)), "ZapPay"));
    return visits;
  }

  private void checkout(List<Line> cart, String provider) {
    int items = cart.stream().mapToInt(Line::quantity).sum();
    SpanOptions click =
        SpanOptions.named("Checkout")
            .op("ui.action")
            .attribute("cart.item_count", items)
            .attribute("cart.value_minor", Objects.requireNonNull(Shop.total(cart)))
            .attribute("cart.currency", "USD")
            .attribute("payment.provider.ui_selected", provider);
    onlooker.runSpan(click, span -> checkout(cart, provider, span));
  }

  private void checkout(List<Line> cart, String provider, Span span) {
    Map<String, Object> wish = Map.of("items", cart, "paymentProvider", provider);
    try (Fetch fetch = visitor.post("/api/checkout", wish)) {
      JsonNode order = fetch.json();
      String orderId = order.path("orderId").asString();
      span.setAttribute("order.id", orderId);
      span.setAttribute("payment.provider", order.path("paymentProvider").asString());
      onlooker.logger().info("Order {} confirmed via {}", orderId, provider);
    } catch (IllegalStateException e) {
      span.setStatus(SpanStatus.error("internal_error"));
      onlooker.logger().error("{}", e.getMessage());
    }
  }
}
