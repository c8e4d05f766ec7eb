package io.onlooker.server.web;

import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** The pages over a store, asked as a browser asks. */
final class Site {

  static final Instant NOW = Instant.parse("2026-11-20T08:54:30Z");

  private static final Prices PRICES = Prices.shipped();

  final RememberingStore store = new RememberingStore(NOW);
  final Routes routes = new Routes();

  Site() {
    new Pages(store, new OneProject(), InstantSource.fixed(NOW), _ -> PRICES).addTo(routes);
  }

  /** The pages over another store. */
  static Routes over(Store store) {
    Routes routes = new Routes();
    new Pages(store, new OneProject(), InstantSource.fixed(NOW), _ -> PRICES).addTo(routes);
    return routes;
  }

  static Site withSamples() {
    Site site = new Site();
    site.store.append(Samples.batch());
    return site;
  }

  Response ask(String pathAndQuery) {
    return RouteServer.ask(routes, pathAndQuery, Map.of());
  }

  Response ask(String pathAndQuery, Map<String, String> headers) {
    return RouteServer.ask(routes, pathAndQuery, headers);
  }

  Document page(String pathAndQuery) {
    return page(ask(pathAndQuery));
  }

  static Document page(Response response) {
    return Jsoup.parse(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Everybody may look at {@code shop}; nobody is known who comes with the header x-stranger. */
  private static final class OneProject implements ProjectAccess {

    @Override
    public List<String> projects(Request request) {
      if (request.header("x-stranger") != null) {
        throw new HttpProblem(
            401, "Not signed in", "session: none (expected: a signed-in browser)");
      }
      return List.of("shop");
    }

    @Override
    public int project(Request request, String name) {
      if (!projects(request).contains(name)) {
        throw new HttpProblem(404, "No such project", "project: " + name + " (expected: shop)");
      }
      return 1;
    }

    @Override
    public @Nullable String dsn(Request request, String name) {
      return "http://0123456789abcdef@localhost:8600/1";
    }
  }
}
