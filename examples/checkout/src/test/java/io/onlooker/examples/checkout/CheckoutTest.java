package io.onlooker.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.examples.testing.SentSpan;
import io.onlooker.examples.testing.Shown;
import io.onlooker.test.CaptureServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shop and its shoppers in processes of their own. */
@Timeout(180)
class CheckoutTest {

  @TempDir Path folder;

  @Test
  void spans_onTheWire_areTheOnesOfTheSeed() throws Exception {
    try (CaptureServer sentry = CaptureServer.start()) {
      run(sentry.dsn());

      List<SentSpan> spans = SentSpan.take(sentry, "Checkout", "Order Processing");
      SentSpan click = SentSpan.named("Checkout", spans);
      SentSpan request = SentSpan.named("POST " + requestOf(spans), spans);
      SentSpan order = SentSpan.named("Order Processing", spans);
      SentSpan payment = SentSpan.named("Charge Payment Provider", spans);

      assertThat(click.op()).isEqualTo("ui.action");
      assertThat(click.attributes())
          .containsOnlyKeys(
              "cart.item_count",
              "cart.value_minor",
              "cart.currency",
              "payment.provider.ui_selected",
              "order.id",
              "payment.provider");
      assertThat(order.op()).isEqualTo("commerce.order.server");
      assertThat(order.attributes())
          .containsOnlyKeys("order.id", "payment.provider", "payment.status", "inventory.reserved");
      assertThat(payment.op()).isEqualTo("commerce.payment");
      assertThat(payment.attributes()).containsOnlyKeys("payment.provider", "payment.status");
      assertThat(List.of(request.parent(), order.parent(), payment.parent()))
          .containsExactly(click.id(), request.id(), order.id());
      assertThat(order.text("order.id")).isEqualTo(click.text("order.id"));
    }
  }

  @Test
  void savedViews_showTheMetricsToMonitor() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      run(onlooker.dsn());
      onlooker.await(10, "op:ui.action");
      onlooker.await(10, "op:commerce.payment");

      Shown views = onlooker.views("Checkout");

      assertThat(views.titles())
          .containsExactly(
              "Slow checkouts by size of the cart",
              "Failed payments by provider",
              "Failed charges by provider");
      assertThat(views.view("Slow checkouts by size of the cart"))
          .containsOnlyKeys("0", "5")
          .allSatisfy((items, figures) -> assertThat(figures.get(0)).isPositive());
      assertThat(views.view("Failed payments by provider"))
          .containsOnly(
              Map.entry("ZapPay", List.of(0.0)),
              Map.entry("LagPay", List.of(0.0)),
              Map.entry("StrictPay", List.of(1.0 / 3)));
      assertThat(views.view("Failed charges by provider"))
          .containsOnly(
              Map.entry("ZapPay", List.of(0.0, 4.0)),
              Map.entry("LagPay", List.of(0.0, 3.0)),
              Map.entry("StrictPay", List.of(1.0 / 3, 3.0)));
      assertThat(onlooker.figure(10, "op:commerce.order.server", "share(payment.status:failed)"))
          .isEqualTo(0.2);
      assertThat(onlooker.figure(10, "op:ui.action", "avg(cart.value_minor)"))
          .isBetween(10_000.0, 20_000.0);
    }
  }

  private static void run(String dsn) throws Exception {
    try (ExampleProcess backend = ExampleProcess.start(CheckoutBackend.class, dsn, Map.of());
        ExampleProcess shoppers =
            ExampleProcess.start(Shoppers.class, dsn, Map.of(), backend.address().toString())) {
      shoppers.done();
    }
  }

  private static String requestOf(List<SentSpan> spans) {
    return spans.stream()
        .filter(span -> span.op().equals("http.client"))
        .findFirst()
        .orElseThrow()
        .text("url.full");
  }
}
