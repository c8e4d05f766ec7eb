package io.onlooker.examples.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A model of one's own behind HTTP, which no library instruments. */
final class CustomModel {

  static final String NAME = "custom-model-v2";
  static final double TEMPERATURE = 0.7;
  static final int MAX_TOKENS = 500;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  CustomModel(URI address) {
    this.address = address;
  }

  /**
   * Asks it.
   *
   * @throws ModelException when it does not answer
   */
  Completion complete(List<Message> messages) {
    Map<String, Object> body =
        Map.of(
            "model", NAME,
            "messages", messages,
            "temperature", TEMPERATURE,
            "max_tokens", MAX_TOKENS);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200) {
      throw new ModelException("model: HTTP " + response.statusCode() + " (expected: 200)", null);
    }
    return Completion.of(JsonMapper.shared().readTree(response.body()));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ModelException("model: not reached at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("model: interrupted", e);
    }
  }
}
