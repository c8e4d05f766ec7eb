package io.onlooker.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
    return answer(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /**
   * Returns what the server answers.
   *
   * @throws IllegalArgumentException when the server says the request is wrong
   * @throws IOException when it cannot be reached, or fails
   */
  String get(ApiPath path) throws IOException, InterruptedException {
    return answer(request(path.toString()));
  }

  /**
   * Copies a file of the server's as it comes.
   *
   * @throws IllegalArgumentException when the server says the request is wrong
   * @throws IOException when it cannot be reached, fails, or breaks off
   */
  void download(ApiPath path, OutputStream to) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response =
          client.send(request(path.toString()).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw complaint(
              response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        body.transferTo(to);
      }
    } catch (ConnectException e) {
      throw noServer(e);
    }
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return response.body();
      }
      throw complaint(response.statusCode(), response.body());
    } catch (ConnectException e) {
      throw noServer(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return token == null ? request : request.header("authorization", "Bearer " + token);
  }

  private IOException complaint(int status, String body) {
    String complaint = status + ": " + detail(body);
    if (status / 100 == 4) {
      throw new IllegalArgumentException(complaint);
    }
    return new IOException(url + " answers " + complaint);
  }

  private IOException noServer(ConnectException e) {
    return new IOException(url + ": no server (expected: one that runs; see onlooker serve)", e);
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
