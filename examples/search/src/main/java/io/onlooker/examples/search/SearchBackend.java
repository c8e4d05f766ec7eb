package io.onlooker.examples.search;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Backend;
import java.io.IOException;

/** Finds movies while somebody types. {@code SENTRY_DSN} says where the spans go. */
public final class SearchBackend {

  private SearchBackend() {}

  public static void main(String[] arguments) throws IOException {
    Onlooker onlooker = Onlooker.init();
    Search search = new Search(onlooker, new Movies());
    Backend.open().page(SearchBackend.class).on("GET /api/search", search::answer).start();
  }
}
