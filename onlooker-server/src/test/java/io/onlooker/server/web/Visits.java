package io.onlooker.server.web;

import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A server, and browsers without scripts that visit it: they keep cookies and send forms. */
final class Visits implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";

  final OnlookerServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Visits(Path folder) throws IOException {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(KEY, "an-admin-token-of-the-test"));
  }

  /** A browser that came by a link. */
  Guest linked() throws IOException, InterruptedException {
    String link = server.signInLink().substring(server.address().length());
    return guest(ask("GET", link, "", ""));
  }

  /** A browser that is not signed in. */
  Guest stranger() {
    return new Guest("");
  }

  /** A browser that this answer gave a cookie. */
  Guest guest(HttpResponse<String> answer) {
    String cookie = answer.headers().firstValue("set-cookie").orElse("");
    return new Guest(cookie.replaceFirst(";.*", ""));
  }

  /** One who keeps a cookie. */
  final class Guest {

    private final String cookie;

    private Guest(String cookie) {
      this.cookie = cookie;
    }

    Guest with(String more) {
      return new Guest(cookie + "; " + more);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return ask("GET", path, cookie, "");
    }

    Document page(String path) throws IOException, InterruptedException {
      return Jsoup.parse(get(path).body());
    }

    /** Sends a form with the token of the page it is on. */
    Document sends(String path, Map<String, String> fields)
        throws IOException, InterruptedException {
      return Jsoup.parse(answers(path, fields).body());
    }

    HttpResponse<String> answers(String path, Map<String, String> fields)
        throws IOException, InterruptedException {
      return bare(path, "token=" + token(path) + "&" + encoded(fields));
    }

    /** What the forms of a page carry; empty where there is none. */
    String token(String path) throws IOException, InterruptedException {
      return page(path).select("input[name=token]").attr("value");
    }

    HttpResponse<String> bare(String path, String body) throws IOException, InterruptedException {
      return ask("POST", path, cookie, body);
    }
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Sends a call of a model as OpenTelemetry's exporters do. */
  int call(String key, String model, String attribute, long number)
      throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x",
        "name":"chat %s","kind":3,"startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000",
        "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
        {"key":"gen_ai.provider.name","value":{"stringValue":"house"}},
        {"key":"gen_ai.request.model","value":{"stringValue":"%s"}},
        {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000000"}},
        {"key":"gen_ai.usage.output_tokens","value":{"intValue":"1000000"}},
        {"key":"%s","value":{"intValue":"%d"}}]}]}]}]}\
        """
            .formatted(
                System.nanoTime(),
                System.nanoTime(),
                model,
                now - 40,
                now,
                model,
                attribute,
                number);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/traces"))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> ask(String method, String path, String cookie, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
