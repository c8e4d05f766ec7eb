package io.onlooker.server.sessions;

import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server over a folder, and a client that speaks the sessions API to it. */
final class SessionClient implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String TOKEN = "token-0123456789abcdef";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private OnlookerServer server;

  SessionClient(Path folder) throws IOException {
    this.folder = folder;
    this.server = open(folder);
  }

  private static OnlookerServer open(Path folder) throws IOException {
    return OnlookerServer.open(
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, TOKEN));
  }

  void restart() throws IOException {
    server.close();
    server = open(folder);
  }

  OnlookerServer server() {
    return server;
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** With the ingest key. */
  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return send(request(path, KEY).method(method, BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  JsonNode post(String path, String body) throws Exception {
    return sent("POST", path, body);
  }

  JsonNode patch(String id, String body) throws Exception {
    return sent("PATCH", "/api/sdk/sessions/" + id, body);
  }

  private JsonNode sent(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** What the read API answers to the admin. */
  JsonNode read(String path) throws Exception {
    HttpResponse<String> answer = send(request(path, TOKEN).GET());
    if (answer.statusCode() != 200) {
      throw new AssertionError("GET " + path + ": " + answer.statusCode() + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  JsonNode session(String id) throws Exception {
    return read("/api/v1/sessions/" + id);
  }

  /** Sends what a client was seen to send; the id of the session it opened. */
  String replay(String recording) throws Exception {
    Path file = Path.of("src/test/resources/sessions", recording);
    String session = "";
    for (String line : Files.readAllLines(file)) {
      JsonNode call = JSON.readTree(line.replace("{session}", session));
      JsonNode answer =
          sent(
              call.path("method").asString(),
              call.path("path").asString(),
              call.path("body").toString());
      session = session.isEmpty() ? answer.path("id").asString() : session;
    }
    return session;
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
