package io.onlooker.examples.checkout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What stands in for the shop's stock and its payment providers: same answer to same question. */
final class Shop {

  static final List<Product> PRODUCTS =
      List.of(
          new Product("mug", "Mug", 1_200, 100),
          new Product("shirt", "Shirt", 2_900, 20),
          new Product("lamp", "Lamp", 8_900, 3),
          new Product("chair", "Chair", 24_900, 10));

  private static final Map<String, Provider> PROVIDERS =
      Map.of(
          "ZapPay", new Provider("ZapPay", 10, 100_000),
          "LagPay", new Provider("LagPay", 120, 100_000),
          "StrictPay", new Provider("StrictPay", 20, 10_000));

  /** The provider of this name, or the usual one. */
  static String provider(String wished) {
    return PROVIDERS.containsKey(wished) ? wished : "ZapPay";
  }

  /** In cents; null when the cart has something that the shop has not. */
  static @Nullable Integer total(List<Line> cart) {
    int total = 0;
    for (Line line : cart) {
      Product product = product(line.productId());
      if (product == null || line.quantity() <= 0) {
        return null;
      }
      total += product.priceMinor() * line.quantity();
    }
    return total;
  }

  /** Whether there is as much as the cart wants. */
  boolean reserve(List<Line> cart) {
    return cart.stream()
        .allMatch(line -> {
          Product product = product(line.productId());
          return product != null && line.quantity() <= product.stock();
        });
  }

  /** Asks a provider for the money, which takes it a while; it declines what is too much. */
  Charge charge(int totalMinor, String name) {
    Provider provider = PROVIDERS.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("provider: " + name + " (expected: " + PROVIDERS + ")");
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(provider.millis()));
    return new Charge(name, totalMinor <= provider.mostMinor() ? "success" : "failed");
  }

  private static @Nullable Product product(String id) {
    return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst().orElse(null);
  }

  /** What is sold, and how many there are. */
  record Product(String id, String name, int priceMinor, int stock) {}

  /** How long it takes, and what it declines. */
  private record Provider(String name, int millis, int mostMinor) {}

  /** What came of a payment. */
  record Charge(String provider, String status) {

    boolean succeeded() {
      return status.equals("success");
    }
  }
}
