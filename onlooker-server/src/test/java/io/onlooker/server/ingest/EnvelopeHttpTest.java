package io.onlooker.server.ingest;

import static io.onlooker.server.ingest.IngestServer.ENVELOPE;
import static io.onlooker.server.ingest.IngestServer.KEY;
import static io.onlooker.server.ingest.IngestServer.MAX_INFLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.server.RememberingStore;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes over real HTTP: what is answered, and what reaches the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvelopeHttpTest {

  @SuppressWarnings("NullAway.Init")
  private IngestServer server;

  @SuppressWarnings("NullAway.Init")
  private RememberingStore store;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = new IngestServer(folder);
    store = server.store;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    store.forget();
  }

  @Test
  void envelope_oneBadItemOfThree() throws Exception {
    String body =
        "{}\n"
            + item("transaction", transaction("1"))
            + item("transaction", "{\"type\":\"transaction\",")
            + item("transaction", transaction("3"));

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":2", "\"dropped\":1", "item 2 (transaction): not JSON");
    assertThat(answer.headers().firstValue("x-onlooker-accepted")).contains("2");
    assertThat(answer.headers().firstValue("x-onlooker-dropped")).contains("1");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("1"), span("3"));
    assertThat(server.get("/metrics").body())
        .containsPattern(
            "onlooker_ingest_dropped_total\\{protocol=\"sentry\",reason=\"invalid\",category=\"transaction\"} [1-9]");
  }

  @Test
  void envelope_truncatedSecondItem() throws Exception {
    String body =
        "{}\n" + item("transaction", transaction("1")) + "{\"type\":\"event\",\"length\":9}\n{}\n";

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("item 2: length 9 (expected: 0 to 3, what follows)");
    assertThat(store.spans()).hasSize(1);
  }

  /** Counted in characters instead of bytes, or not at all. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "100000", "-1", "1.5", "99999999999999999999"})
  void envelope_wrongLength(String length) throws Exception {
    String wrong =
        "{\"type\":\"transaction\",\"length\":" + length + "}\n" + transaction("2") + "\n";
    String body =
        "{}\n"
            + item("transaction", transaction("1"))
            + wrong
            + item("transaction", transaction("3"));

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":3", "\"dropped\":0", "item 2: ", "(expected: ");
    assertThat(store.spans())
        .extracting(SpanData::spanId)
        .contains(span("1"), span("2"), span("3"));
  }

  @Test
  void envelope_wrongLengthOfSomethingUnreadable() throws Exception {
    String body =
        "{}\n{\"type\":\"transaction\",\"length\":3}\n{\"a\":1,\n\"type\":\n"
            + item("transaction", transaction("3"));

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"accepted\":1", "\"dropped\":1");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("3"));
  }

  @Test
  void envelope_unreadableHeaderOfAnItem() throws Exception {
    String body =
        "{}\n{\"type\":\"transaction\n"
            + transaction("1")
            + "\n"
            + item("transaction", transaction("3"));

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"dropped\":1", "header of item 1: not JSON");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("3"));
  }

  @Test
  void envelope_oneBadSpanOfThree() throws Exception {
    String body =
        "{}\n{\"type\":\"span\",\"item_count\":3}\n{\"items\":["
            + streamed(span("1"))
            + ","
            + streamed("0000000000000000")
            + ","
            + streamed(span("3"))
            + "]}\n";

    HttpResponse<String> answer = server.post(ENVELOPE, body);

    assertThat(answer.body())
        .contains(
            "item 1 (span), span 2: span_id: 0000000000000000 (expected: 16 hex digits, not all"
                + " zero)");
    assertThat(store.spans()).hasSize(2);
  }

  @Test
  void envelope_sampled() throws Exception {
    String rated =
        streamed(span("2"))
            .replace(
                "}",
                ",\"attributes\":{\"sentry.sample_rate\":{\"type\":\"double\",\"value\":0.5}}}");
    String body =
        "{\"trace\":{\"trace_id\":\""
            + "a".repeat(32)
            + "\",\"sample_rate\":\"0.25\"}}\n"
            + item("transaction", transaction("1"))
            + "{\"type\":\"span\",\"item_count\":1}\n{\"items\":["
            + rated
            + "]}\n";

    server.post(ENVELOPE, body);
    server.post(ENVELOPE, body.replace("0.25", "1.0").replace("0.5", "-3"));

    assertThat(store.spans())
        .extracting(span -> span.attributes().number("onlooker.sample_weight"))
        .containsExactly(4.0, 2.0, null, null);
  }

  @Test
  void envelope_missingIds() throws Exception {
    HttpResponse<String> answer =
        server.post(ENVELOPE, "{}\n" + item("transaction", "{\"contexts\":{\"trace\":{}}}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("contexts.trace.trace_id: missing (expected: 32 hex digits");
    assertThat(answer.headers().firstValue("x-sentry-error")).isPresent();
  }

  @Test
  void envelope_notANumber() throws Exception {
    String bad = transaction("1").replace("1794000001.5", "NaN");

    HttpResponse<String> answer = server.post(ENVELOPE, "{}\n" + item("transaction", bad));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not JSON");
  }

  @Test
  void envelope_timeOutOfRange() throws Exception {
    String bad = transaction("1").replace("1794000001.5", "1e999999999");

    HttpResponse<String> answer = server.post(ENVELOPE, "{}\n" + item("transaction", bad));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("start_timestamp: Infinity");
  }

  @Test
  void envelope_deepJson() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String bad = transaction("1").replace("\"spans\":[]", "\"spans\":" + deep);

    HttpResponse<String> answer =
        server.post(
            ENVELOPE, "{}\n" + item("transaction", bad) + item("transaction", transaction("2")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("deeper than 200 levels");
    assertThat(store.spans()).extracting(SpanData::spanId).containsExactly(span("2"));
  }

  @Test
  void body_overTheLimit() throws Exception {
    HttpResponse<String> answer = refused("x".repeat(400_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most 300000");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
  }

  @Test
  void body_bomb() throws Exception {
    for (String encoding : List.of("gzip", "deflate", "br", "zstd")) {
      byte[] bomb = IngestServer.compress(encoding, new byte[50 * 1024 * 1024]);

      HttpResponse<String> answer =
          server.send(
              server
                  .request(ENVELOPE)
                  .header("content-encoding", encoding)
                  .POST(BodyPublishers.ofByteArray(bomb)));

      assertThat(answer.statusCode()).as(encoding).isEqualTo(413);
      assertThat(answer.body()).contains("at most " + MAX_INFLATED);
    }
  }

  @Test
  void body_unknownEncoding() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request(ENVELOPE)
                .header("content-encoding", "lzma")
                .POST(BodyPublishers.ofString("x")));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains("content-encoding: lzma (expected: gzip, deflate, br or zstd)");
  }

  @Test
  void key_wrong() throws Exception {
    HttpResponse<String> answer =
        server.post("/api/1/envelope/?sentry_key=ffffffffffffffffffffffffffffffff", "{}\n");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("sentry_key: not a key of this server")
        .doesNotContain("ffff");
  }

  @Test
  void key_twoThatDiffer() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request(ENVELOPE)
                .header("x-sentry-auth", "Sentry sentry_key=ffffffffffffffffffffffffffffffff")
                .POST(BodyPublishers.ofString("{}\n")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("two different ones");
  }

  @Test
  void project_unknown() throws Exception {
    HttpResponse<String> answer = server.post("/api/77/envelope/?sentry_key=" + KEY, "{}\n");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("project: 77 (expected: 1, the key's own)");
  }

  @Test
  void tunnel_atAnyPath() throws Exception {
    String body =
        "{\"dsn\":\"https://"
            + KEY
            + "@o1.ingest.example/1\"}\n"
            + item("transaction", transaction("1"));

    assertThat(server.post("/monitoring", body).statusCode()).isEqualTo(200);
    assertThat(server.post("/monitoring", body.replace("0123", "ffff")).statusCode())
        .isEqualTo(403);
    assertThat(server.post("/monitoring", "{}\n").statusCode()).isEqualTo(404);
    assertThat(server.post("/prefix/api/1/envelope/?sentry_key=" + KEY, body).statusCode())
        .isEqualTo(200);
    assertThat(store.spans()).hasSize(2);
  }

  @Test
  void store_full() throws Exception {
    store.failWith(StoreException.Reason.FULL);

    HttpResponse<String> answer =
        server.post(ENVELOPE, "{}\n" + item("transaction", transaction("1")));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).contains("30");
    assertThat(answer.headers().firstValue("x-sentry-rate-limits")).contains("30::organization");
  }

  @Test
  void store_broken() throws Exception {
    store.failWith(StoreException.Reason.BROKEN);

    assertThat(server.post(ENVELOPE, "{}\n" + item("transaction", transaction("1"))).statusCode())
        .isEqualTo(503);
  }

  @Test
  void preflight_echoesWhatIsAskedFor() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request(ENVELOPE)
                .header("origin", "https://shop.example.org")
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "x-sentry-auth,x-team")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.headers().firstValue("access-control-allow-headers"))
        .contains("x-sentry-auth,x-team");
    assertThat(answer.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("x-sentry-error", "retry-after", "x-sentry-rate-limits");
  }

  private static String span(String number) {
    return "b".repeat(15) + number;
  }

  private static String item(String type, String payload) {
    return "{\"type\":\"" + type + "\"}\n" + payload + "\n";
  }

  private static String transaction(String number) {
    return "{\"type\":\"transaction\",\"transaction\":\"t\",\"start_timestamp\":1794000001.5,"
        + "\"timestamp\":1794000002,\"contexts\":{\"trace\":{\"trace_id\":\""
        + "a".repeat(32)
        + "\",\"span_id\":\""
        + span(number)
        + "\"}},\"spans\":[]}";
  }

  private static String streamed(String spanId) {
    return "{\"trace_id\":\""
        + "a".repeat(32)
        + "\",\"span_id\":\""
        + spanId
        + "\",\"name\":\"s\",\"start_timestamp\":1794000001.5,\"end_timestamp\":1794000002}";
  }

  /** A client that still sends when it is refused may see its stream end before the answer. */
  private HttpResponse<String> refused(String body) throws Exception {
    for (int attempt = 1; attempt < 20; attempt++) {
      try {
        return server.post(ENVELOPE, body);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("RST_STREAM");
      }
    }
    return server.post(ENVELOPE, body);
  }
}
