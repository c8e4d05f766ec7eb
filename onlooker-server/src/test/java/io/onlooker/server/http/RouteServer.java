package io.onlooker.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers routes over real HTTP on a free port of this machine, with nothing but the JDK. */
public final class RouteServer implements AutoCloseable {

  private final Routes routes;
  private final HttpServer server;

  private RouteServer(Routes routes, HttpServer server) {
    this.routes = routes;
    this.server = server;
  }

  public static RouteServer start(Routes routes) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      RouteServer started = new RouteServer(routes, HttpServer.create(any, 0));
      started.server.createContext("/", started::answer);
      started.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** Answers without a network; the same matching as over HTTP. */
  public static Response ask(Routes routes, String pathAndQuery, Map<String, String> headers) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    URI uri = URI.create(pathAndQuery);
    return answer(routes, "GET", uri, lists);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      Response response =
          answer(routes, exchange.getRequestMethod(), exchange.getRequestURI(), headers);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      int length = response.body().length;
      exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(response.body());
    }
  }

  private static Response answer(
      Routes routes, String method, URI uri, Map<String, List<String>> headers) {
    for (Routes.Route route : routes.all()) {
      Map<String, String> parts = match(route.path(), uri.getRawPath());
      if (route.method().equals(method) && parts != null) {
        Request request =
            new Request(
                method,
                decode(uri.getRawPath()),
                parts,
                query(uri.getRawQuery()),
                headers,
                new byte[0]);
        return route.handler().handle(request);
      }
    }
    return Response.json(404, "{}");
  }

  private static @Nullable Map<String, String> match(String route, String path) {
    String[] expected = route.split("/", -1);
    String[] actual = path.split("/", -1);
    if (expected.length != actual.length) {
      return null;
    }
    Map<String, String> parts = new HashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        parts.put(expected[i].substring(1, expected[i].length() - 1), decode(actual[i]));
      } else if (!expected[i].equals(actual[i])) {
        return null;
      }
    }
    return parts;
  }

  private static Map<String, List<String>> query(@Nullable String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? decode(parts[1]) : "";
        parameters.computeIfAbsent(decode(parts[0]), _ -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
