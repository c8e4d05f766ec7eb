package io.onlooker.server.ingest;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** A server before a store that remembers, and a client of it. */
final class IngestServer implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String TOKEN = "an-admin-token-of-the-test";

  /** Where Sentry's clients of project 1 send. */
  static final String ENVELOPE = "/api/1/envelope/?sentry_key=" + KEY;

  static final int MAX_BODY = 300_000;
  static final int MAX_INFLATED = 1024 * 1024;

  final RememberingStore store = new RememberingStore();
  private final HttpClient client = HttpClient.newHttpClient();
  private final OnlookerServer server;

  IngestServer(Path folder) throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withLimits(MAX_BODY, MAX_INFLATED)
            .withKeys(KEY, TOKEN);
    server = OnlookerServer.open(config, store);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The same, with the answer's bytes. */
  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> otlp(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("content-type", type)
            .header("authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  static byte[] compress(String encoding, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (encoding) {
      case "gzip" -> write(new GZIPOutputStream(out), body);
      case "deflate" -> write(new DeflaterOutputStream(out), body);
      case "br" -> {
        Brotli4jLoader.ensureAvailability();
        out.write(Encoder.compress(body));
      }
      case "zstd" -> out.write(Zstd.compress(body));
      default -> out.write(body);
    }
    return out.toByteArray();
  }

  private static void write(OutputStream out, byte[] body) throws IOException {
    try (out) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
