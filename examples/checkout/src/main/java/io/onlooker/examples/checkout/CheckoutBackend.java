package io.onlooker.examples.checkout;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Answer;
import io.onlooker.examples.web.Backend;
import java.io.IOException;

/** The shop's backend and page. {@code SENTRY_DSN} says where the spans go. */
public final class CheckoutBackend {

  private CheckoutBackend() {}

  public static void main(String[] arguments) throws IOException {
    Onlooker onlooker = Onlooker.init();
    Checkout checkout = new Checkout(onlooker, new Shop());
    Backend.open()
        .page(CheckoutBackend.class)
        .on("GET /api/products", request -> Answer.ok(Shop.PRODUCTS))
        .on("POST /api/checkout", checkout::answer)
        .start();
  }
}
