package io.onlooker.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of an example, with Sentry's browser SDK out of {@code node_modules}; where that was not
 * installed the page works as well, says so, and records nothing.
 */
final class Page implements HttpHandler {

  private static final Path NODE_MODULES =
      Path.of(System.getenv().getOrDefault("NODE_MODULES", "examples/node_modules"))
          .toAbsolutePath()
          .normalize();

  private final Class<?> example;

  Page(Class<?> example) {
    this.example = example;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = body(path);
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", type(path));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte @Nullable [] body(String path) throws IOException {
    if (path.startsWith("/node_modules/")) {
      return installed(path.substring("/node_modules/".length()));
    }
    return switch (path) {
      case "/" -> page();
      case "/sentry.js" -> resource(Page.class, sentry() ? "sentry.js" : "no-sentry.js");
      case "/settings.json" -> JsonMapper.shared().writeValueAsBytes(settings());
      default -> null;
    };
  }

  private byte[] page() throws IOException {
    String head = new String(resource(Page.class, "head.html"), UTF_8);
    return new String(resource(example, "index.html"), UTF_8)
        .replace("<!-- head -->", head)
        .getBytes(UTF_8);
  }

  /** A browser sends where the backend sends; the key in a DSN is a public one. */
  private static Map<String, String> settings() {
    return Map.of("dsn", System.getenv().getOrDefault("SENTRY_DSN", ""));
  }

  private static boolean sentry() {
    return Files.isDirectory(NODE_MODULES.resolve("@sentry/browser"));
  }

  private static byte @Nullable [] installed(String name) throws IOException {
    Path file = NODE_MODULES.resolve(name).normalize();
    return file.startsWith(NODE_MODULES) && Files.isRegularFile(file)
        ? Files.readAllBytes(file)
        : null;
  }

  private static byte[] resource(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + ": missing (expected: beside " + beside.getName() + ")");
      }
      return in.readAllBytes();
    }
  }

  private static String type(String path) {
    if (path.endsWith("js")) {
      return "text/javascript";
    }
    return path.endsWith(".json") ? "application/json" : "text/html; charset=utf-8";
  }
}
