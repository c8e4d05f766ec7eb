package io.onlooker.examples.search;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Visitor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does what the page does, without a browser: types, letter by letter, and changes its mind. */
public final class Typists {

  private static final int LETTER_MS = 5;
  private static final int IMPATIENT_MS = 900;

  private Typists() {}

  /** Takes the backend's address: {@code http://localhost:8080}. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Onlooker onlooker = Onlooker.init();
        SearchBox box = new SearchBox(onlooker, new Visitor(onlooker, URI.create(arguments[0])))) {
      for (String query : List.of("in", "st", "matrix", "inter", "zombies", "\"god", "out*")) {
        type(box, query).join();
      }
      CompletableFuture<Integer> unwanted = type(box, "star*");
      TimeUnit.MILLISECONDS.sleep(IMPATIENT_MS);
      type(box, "star wars").join();
      System.out.println("gave up on a search: " + unwanted.isCancelled());
      onlooker.flush(Duration.ofSeconds(10));
    }
  }

  private static CompletableFuture<Integer> type(SearchBox box, String query)
      throws InterruptedException {
    CompletableFuture<Integer> shown = box.type(query.substring(0, 1));
    for (int length = 2; length <= query.length(); length++) {
      TimeUnit.MILLISECONDS.sleep(LETTER_MS);
      shown = box.type(query.substring(0, length));
    }
    return shown;
  }
}
