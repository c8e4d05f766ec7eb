package io.onlooker.server.demo;

import io.onlooker.Attributes;
import io.onlooker.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a shop does besides its agents: checkouts, uploads with a queue, searches. */
final class Traffic {

  private static final int EACH = 48;
  private static final String[] PROVIDERS = {"ZapPay", "LagPay", "Cardex"};

  private Traffic() {}

  static List<List<Item>> day(Instant now, int daysAgo) {
    SplittableRandom random = new SplittableRandom(5 + daysAgo);
    Instant end = now.minus(Duration.ofHours(24L * daysAgo)).minus(Duration.ofMinutes(11));
    List<List<Item>> traces = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      Instant at = end.minus(Duration.ofMinutes(29L * i)).minusSeconds(random.nextInt(60));
      long seed = 10_000_000L + daysAgo * 1_000L + i;
      traces.add(checkout(seed, at, random));
      traces.add(upload(seed + 200, at.minusSeconds(100), random));
      traces.add(search(seed + 400, at.minusSeconds(200), random));
    }
    return traces;
  }

  private static List<Item> checkout(long seed, Instant at, SplittableRandom random) {
    Scene scene = new Scene(seed, at);
    String root = scene.nextId();
    long start = scene.nanos();
    String provider = PROVIDERS[random.nextInt(PROVIDERS.length)];
    boolean fails = random.nextInt(provider.equals("LagPay") ? 5 : 25) == 0;
    scene.pause(20 + random.nextInt(60));
    scene.step(
        root,
        "payment",
        "Charge Payment Provider",
        200 + random.nextInt(provider.equals("LagPay") ? 2_600 : 700),
        fails ? "declined" : null,
        Attributes.of(
            Map.of("payment.provider", provider, "payment.status", fails ? "failed" : "success")));
    scene.span(
        root,
        null,
        "ui.action",
        "Checkout",
        start,
        fails ? "payment declined" : null,
        Attributes.of(Map.of("cart.item_count", 1 + random.nextInt(14))));
    return scene.items();
  }

  private static List<Item> upload(long seed, Instant at, SplittableRandom random) {
    Scene scene = new Scene(seed, at);
    String root = scene.nextId();
    long start = scene.nanos();
    long size = 40_000L + random.nextInt(9_000_000);
    scene.pause(80 + size / 20_000);
    String published =
        scene.step(
            root,
            "queue.publish",
            "publish media",
            6 + random.nextInt(10),
            null,
            Attributes.of(
                Map.of("messaging.destination.name", "media", "messaging.system", "kafka")));
    scene.span(
        root,
        null,
        "file.upload",
        "Upload photo",
        start,
        null,
        Attributes.of(
            Map.of(
                "file.size_bytes",
                size,
                "file.size_bucket",
                size > 5_000_000 ? "large" : "small")));
    long waited = 30L + random.nextInt(900);
    scene.pause(waited);
    boolean fails = random.nextInt(16) == 0;
    scene.step(
        published,
        "queue.process",
        "process media",
        300 + random.nextInt(1_700),
        fails ? "unknown codec" : null,
        Attributes.of(
            Map.of(
                "messaging.destination.name",
                "media",
                "messaging.system",
                "kafka",
                "messaging.message.receive.latency",
                waited,
                "media.mime_type",
                random.nextInt(3) == 0 ? "video/mp4" : "image/jpeg",
                "result.status",
                fails ? "failed" : "success",
                "result.size_saved_bytes",
                size / 3)));
    return scene.items();
  }

  private static List<Item> search(long seed, Instant at, SplittableRandom random) {
    Scene scene = new Scene(seed, at);
    int length = 1 + random.nextInt(18);
    long millis = 40L + random.nextInt(240) + (length < 3 ? 500 : 0);
    String root = scene.nextId();
    long start = scene.nanos();
    scene.pause(millis);
    scene.span(
        root,
        null,
        "search",
        "Search products",
        start,
        random.nextInt(40) == 0 ? "index is being rebuilt" : null,
        Attributes.of(
            Map.of(
                "query.length",
                length,
                "search.mode",
                length < 3 ? "prefix" : "full",
                "search.duration_ms",
                millis,
                "performance.slow",
                millis > 400,
                "results.count",
                random.nextInt(60),
                "request.aborted",
                random.nextInt(9) == 0)));
    return scene.items();
  }
}
