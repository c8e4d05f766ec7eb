package io.onlooker.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real server with a real store, and commands that ask it; what they print is kept. */
final class CommandFixture implements AutoCloseable {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final EmbeddedStore store;
  private final OnlookerServer server;

  CommandFixture(Path folder, SpanData... spans) throws IOException {
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
    store = EmbeddedStore.open(StoreConfig.of(folder.resolve("store")));
    store.append(new Batch(1, List.<Item>of(spans)));
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(null, TOKEN),
            store);
  }

  /** The code with which the command ended; what earlier ones printed is forgotten. */
  int run(String... arguments) {
    printed.reset();
    complained.reset();
    return Main.run(Map.of("ONLOOKER_URL", url(), "ONLOOKER_TOKEN", TOKEN), arguments);
  }

  String printed() {
    return printed.toString(UTF_8);
  }

  byte[] bytes() {
    return printed.toByteArray();
  }

  List<String> lines() {
    return printed().lines().toList();
  }

  String complained() {
    return complained.toString(UTF_8);
  }

  EmbeddedStore store() {
    return store;
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  String token() {
    return TOKEN;
  }

  /** From now on nobody answers. */
  void stopServer() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
    store.close();
    System.setOut(out);
    System.setErr(err);
  }

  /** Number 1 is trace 1 and span 1; it began a minute ago. */
  static SpanData span(
      int number, @Nullable String op, int millis, SpanStatus status, Map<String, Object> more) {
    long start = (System.currentTimeMillis() - 60_000) * 1_000_000;
    return new SpanData(
        "%032x".formatted(number),
        "%016x".formatted(number),
        null,
        op == null ? "span" : op,
        op,
        start,
        start + millis * 1_000_000L,
        status,
        true,
        Attributes.of(more),
        List.of());
  }
}
