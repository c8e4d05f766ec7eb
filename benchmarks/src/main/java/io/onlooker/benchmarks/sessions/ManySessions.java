package io.onlooker.benchmarks.sessions;

import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SessionQuery.Order;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import io.onlooker.store.query.QueryParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills a store with sessions, or times lists of those in it: {@code fill FOLDER FROM TO ALL} and
 * {@code read FOLDER}.
 */
public final class ManySessions {

  private static final int PAGE = 50;
  private static final int TIMES = 101;

  private ManySessions() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    long began = System.nanoTime();
    try (Store store = EmbeddedStore.open(StoreConfig.of(folder))) {
      System.out.printf("open %.0f ms%n", millis(began));
      if (arguments[0].equals("fill")) {
        fill(store, arguments);
      } else {
        read(store);
      }
    }
  }

  private static void fill(Store store, String[] arguments) {
    long from = Long.parseLong(arguments[2]);
    long to = Long.parseLong(arguments[3]);
    long began = System.nanoTime();
    new Filling(store, Long.parseLong(arguments[4]), Instant.now()).run(from, to);
    System.out.printf("appended %d in %.1f s%n", to - from, millis(began) / 1000);
    store.sessions(query("", Order.STARTED, null));
    System.out.printf("folded after %.1f s%n", millis(began) / 1000);
  }

  private static void read(Store store) {
    System.out.println("list | first ms | median ms | slowest of " + TIMES + " ms | sessions");
    for (Order order : Order.values()) {
      list(store, "", order, null);
      list(store, "", order, behind(store, order, 20));
    }
    for (String q :
        new String[] {
          "status:failed",
          "status:running",
          "user.id:user-77",
          "agent:agent-3 status:failed",
          "conversation:conversation-4711",
          "tokens:>15000",
          "release:2026.11.7"
        }) {
      list(store, q, Order.STARTED, null);
      list(store, q, Order.DURATION, null);
    }
    long began = System.nanoTime();
    int found = store.sessions(query("nowhere-to-be-found", Order.STARTED, null)).sessions().size();
    System.out.printf("a word that no session has | %.0f | | | %d%n", millis(began), found);
    System.gc();
    Runtime heap = Runtime.getRuntime();
    System.out.printf(
        "heap in use %d MB%n", (heap.totalMemory() - heap.freeMemory()) / (1024 * 1024));
  }

  private static void list(Store store, String q, Order order, @Nullable String cursor) {
    double[] millis = new double[TIMES];
    int found = 0;
    for (int i = 0; i < TIMES; i++) {
      long began = System.nanoTime();
      found = store.sessions(query(q, order, cursor)).sessions().size();
      millis[i] = millis(began);
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        "%s %s%s | %.1f | %.1f | %.1f | %d%n",
        q,
        order,
        cursor == null ? "" : ", page 21",
        first,
        millis[TIMES / 2],
        millis[TIMES - 1],
        found);
  }

  private static @Nullable String behind(Store store, Order order, int pages) {
    String cursor = null;
    for (int i = 0; i < pages; i++) {
      SessionPage page = store.sessions(query("", order, cursor));
      cursor = page.cursor();
    }
    return cursor;
  }

  private static SessionQuery query(String q, Order order, @Nullable String cursor) {
    return new SessionQuery(
        1,
        QueryParser.parseSessions(q),
        Instant.EPOCH,
        Instant.now().plusSeconds(86_400),
        order,
        true,
        PAGE,
        cursor);
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
