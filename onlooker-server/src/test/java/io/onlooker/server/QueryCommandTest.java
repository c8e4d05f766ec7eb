package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code onlooker query} against a real server with a real store. */
class QueryCommandTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

  @TempDir Path folder;
  private EmbeddedStore store;
  private OnlookerServer server;

  @BeforeEach
  void open() throws Exception {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    store = EmbeddedStore.open(StoreConfig.of(folder.resolve("store")));
    store.append(
        new Batch(
            1,
            List.<Item>of(chat(1, "gpt-4o", 100), chat(2, "gpt-4o", 300), chat(3, "o\"1, b", 50))));
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(null, TOKEN),
            store);
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void query_table() {
    int code =
        query("op:gen_ai.chat", "--agg", "count()", "--agg", "max(span.duration)", "--by", "model");

    assertThat(code).isZero();
    assertThat(lines())
        .containsExactly(
            "model   count()  max(span.duration)", "gpt-4o  2        300", "o\"1, b  1        50");
  }

  @Test
  void query_csv() {
    int code = query("op:gen_ai.chat", "--by", "model", "--sort", "model", "--limit", "1", "--csv");

    assertThat(code).isZero();
    assertThat(lines()).containsExactly("model,count()", "gpt-4o,2");
    printed.reset();
    assertThat(query("model:o*", "--by", "model", "--csv")).isZero();
    assertThat(lines()).containsExactly("model,count()", "\"o\"\"1, b\",1");
  }

  @Test
  void query_json() {
    assertThat(query("model:gpt-4o", "--json")).isZero();

    assertThat(lines()).singleElement().asString().contains("\"rows\":[[2]]");
  }

  @Test
  void query_steps() {
    assertThat(query("--since", "2h", "--step", "24h", "--csv")).isZero();

    assertThat(lines()).first().isEqualTo("start,count()");
    assertThat(lines()).anyMatch(line -> line.matches("20.*Z,\\d"));
  }

  @Test
  void query_wrong() {
    assertThat(query("cuont():>1")).isEqualTo(2);

    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("did you mean count");
  }

  @Test
  void query_withoutAccess() {
    int code = Main.run(Map.of(), "query", "--url", url(), "--token", "wrong");

    assertThat(code).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("401").doesNotContain("wrong");
  }

  @Test
  void query_noServer() {
    String url = url();
    server.close();

    assertThat(Main.run(Map.of(), "query", "--url", url)).isEqualTo(1);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("no server");
    assertThat(Main.run(Map.of(), "query", "--url", "8600")).isEqualTo(2);
  }

  private int query(String... arguments) {
    List<String> all = new ArrayList<>(List.of("query"));
    all.addAll(List.of(arguments));
    return Main.run(
        Map.of("ONLOOKER_URL", url(), "ONLOOKER_TOKEN", TOKEN), all.toArray(String[]::new));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private static SpanData chat(int number, String model, int millis) {
    long start = (System.currentTimeMillis() - 60_000) * 1_000_000;
    return new SpanData(
        "%032x".formatted(number),
        "%016x".formatted(number),
        null,
        "chat",
        "gen_ai.chat",
        start,
        start + millis * 1_000_000L,
        SpanStatus.OK,
        true,
        Attributes.of(Map.of("model", model)),
        List.of());
  }
}
