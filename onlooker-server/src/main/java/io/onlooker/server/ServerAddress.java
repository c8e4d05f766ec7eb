package io.onlooker.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which server a command talks to, and who it is there. */
@SuppressWarnings("NullAway.Init")
final class ServerAddress {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8600",
      description = "The server, or ONLOOKER_URL (${DEFAULT-VALUE}).")
  private String url;

  @Option(names = "--token", description = "An API token, or ONLOOKER_TOKEN.")
  private @Nullable String token;

  /**
   * Sends a JSON body and returns what the server answers.
   *
   * @throws IllegalArgumentException when the server says the request is wrong
   * @throws IOException when it cannot be reached, or fails
   */
  String post(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return response.body();
      }
      String complaint = response.statusCode() + ": " + detail(response.body());
      if (response.statusCode() / 100 == 4) {
        throw new IllegalArgumentException(complaint);
      }
      throw new IOException(url + " answers " + complaint);
    } catch (ConnectException e) {
      throw new IOException(url + ": no server (expected: one that runs; see onlooker serve)", e);
    }
  }

  private URI uri(String path) {
    try {
      URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return URI.create(uri + path);
      }
    } catch (IllegalArgumentException _) {
      // Told below, as one without a host is.
    }
    throw new IllegalArgumentException("url: " + url + " (expected: http://HOST:PORT)");
  }

  /** The problem's detail, or the body when it is no problem. */
  private static String detail(String body) {
    try {
      JsonNode detail = JsonMapper.builder().build().readTree(body).path("detail");
      return detail.isString() ? detail.stringValue() : body;
    } catch (JacksonException _) {
      return body;
    }
  }
}
