package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OTLP's clients are told what went wrong by a {@code Status}, in the encoding they sent. */
class OtlpRefusalTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final String SPAN =
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
          + "a".repeat(32)
          + "\",\"spanId\":\"aaaaaaaaaaaaaaaa\",\"name\":\"one\",\"startTimeUnixNano\":\"1\","
          + "\"endTimeUnixNano\":\"2\"}]}]}]}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final RememberingStore store = new RememberingStore();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, null);
    server = OnlookerServer.open(config, store);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void garbage_inProtobuf() throws Exception {
    HttpResponse<byte[]> answer = send(KEY, PROTOBUF, "garbage");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains(PROTOBUF);
    Status status = Status.parseFrom(answer.body());
    assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
    assertThat(status.getMessage()).startsWith("body: not protobuf");
  }

  @Test
  void garbage_inJson() throws Exception {
    HttpResponse<byte[]> answer = send(KEY, JSON, "{\"resourceSpans\":7}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains(JSON);
    JsonNode status = JsonMapper.shared().readTree(answer.body());
    assertThat(status.path("code").asInt()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
    assertThat(status.path("message").asString()).contains("resourceSpans: 7 (expected: a list)");
  }

  @Test
  void store_full() throws Exception {
    store.failWith(StoreException.Reason.FULL);

    HttpResponse<byte[]> answer = send(KEY, JSON, SPAN);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).contains("30");
    JsonNode status = JsonMapper.shared().readTree(answer.body());
    assertThat(status.path("code").asInt()).isEqualTo(Code.RESOURCE_EXHAUSTED.getNumber());
  }

  @Test
  void store_broken() throws Exception {
    store.failWith(StoreException.Reason.BROKEN);

    HttpResponse<byte[]> answer = send(KEY, JSON, SPAN);

    assertThat(answer.statusCode()).isEqualTo(503);
    JsonNode status = JsonMapper.shared().readTree(answer.body());
    assertThat(status.path("code").asInt()).isEqualTo(Code.UNAVAILABLE.getNumber());
  }

  @Test
  void key_ofNobody() throws Exception {
    HttpResponse<byte[]> answer = send("f".repeat(32), PROTOBUF, "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Status.parseFrom(answer.body()).getCode())
        .isEqualTo(Code.UNAUTHENTICATED.getNumber());
  }

  private HttpResponse<byte[]> send(String key, String type, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/traces"))
            .header("authorization", "Bearer " + key)
            .header("content-type", type)
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
