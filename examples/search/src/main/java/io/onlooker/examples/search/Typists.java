package io.onlooker.examples.search;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Visit;
import io.onlooker.examples.web.Visitor;
import io.onlooker.examples.web.Visits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what the page does, without a browser: types, letter by letter, and changes its mind. */
public final class Typists {

  private final Onlooker onlooker;
  private final Visitor visitor;

  private Typists(Onlooker onlooker, Visitor visitor) {
    this.onlooker = onlooker;
    this.visitor = visitor;
  }

  /** Takes the backend's address: {@code http://localhost:8080}. */
  public static void main(String[] arguments) throws InterruptedException {
    Visits typing = Typists::visits;
    typing.run(URI.create(arguments[0]));
  }

  /** Seven searches, one of them slow, one empty, one that fails; and one that is given up. */
  public static List<Visit> visits(Onlooker onlooker, URI backend) {
    Typists typists = new Typists(onlooker, new Visitor(onlooker, backend));
    List<Visit> visits = new ArrayList<>();
    for (String query : List.of("in", "st", "matrix", "inter", "zombies", "\"god", "out*")) {
      visits.add(() -> typists.search(query));
    }
    visits.add(typists::giveUp);
    return visits;
  }

  private void search(String query) {
    try (SearchBox box = new SearchBox(onlooker, visitor)) {
      type(box, query).join();
    }
  }

  /** Hangs up when the backend has certainly begun to search. */
  private void giveUp() {
    try (SearchBox box = new SearchBox(onlooker, visitor)) {
      CompletableFuture<Integer> unwanted = type(box, "star***");
      CompletableFuture.anyOf(unwanted, box.begun()).join();
      type(box, "star wars").join();
    }
  }

  private static CompletableFuture<Integer> type(SearchBox box, String query) {
    CompletableFuture<Integer> shown = box.type(query.substring(0, 1));
    for (int length = 2; length <= query.length(); length++) {
      shown = box.type(query.substring(0, length));
    }
    return shown;
  }
}
