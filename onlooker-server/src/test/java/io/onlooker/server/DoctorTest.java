package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.Finding;
import io.onlooker.store.embedded.StoreConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each finding, on folders that a real server made and something then happened to. */
class DoctorTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path data;

  @Test
  void folder_healthy() throws Exception {
    fill();

    List<Finding> findings = examine();

    assertThat(findings).noneMatch(finding -> finding.level() == Finding.Level.FAULT);
    assertThat(texts(findings))
        .contains("no server uses the store now")
        .contains("every one of them can be read")
        .contains("key 1 (ingest, ONLOOKER_BOOTSTRAP_DSN_KEY): nothing was accepted with it yet");
  }

  @Test
  void folder_missing() throws Exception {
    List<Finding> findings = Doctor.examine(data.resolve("none"), freePort(), Instant.now());

    assertThat(faults(findings)).singleElement().asString().contains("is not a folder");
  }

  @Test
  void folder_fresh() throws Exception {
    assertThat(faults(examine())).isEmpty();
    assertThat(texts(examine())).contains("settings.db is not there");
  }

  @Test
  void server_running() throws Exception {
    try (OnlookerServer server = OnlookerServer.open(config())) {
      List<Finding> findings = Doctor.examine(data, server.port(), Instant.now());

      assertThat(faults(findings)).isEmpty();
      assertThat(texts(findings))
          .contains("a server uses the store now")
          .contains("a server of Onlooker answers on port " + server.port());
    }
  }

  @Test
  void port_ofAnotherProgram() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      List<Finding> findings = Doctor.examine(data, other.getLocalPort(), Instant.now());

      assertThat(faults(findings)).singleElement().asString().contains("another program listens");
    }
  }

  @Test
  void clock_behind() throws Exception {
    fill();

    List<Finding> findings =
        Doctor.examine(data, freePort(), Instant.now().minus(Duration.ofDays(2)));

    assertThat(faults(findings)).singleElement().asString().contains("was written at");
  }

  @Test
  void log_tornAtItsEnd() throws Exception {
    fill();
    Files.write(journal(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(journal());

    List<Finding> findings = examine();

    assertThat(faults(findings)).isEmpty();
    assertThat(texts(findings)).contains("ends in 3 bytes of a batch that was never whole");
    assertThat(Files.readAllBytes(journal())).isEqualTo(before);
  }

  @Test
  void log_damagedInside() throws Exception {
    fill();
    byte[] bytes = Files.readAllBytes(journal());
    bytes[30] ^= 0x55;
    Files.write(journal(), bytes);

    assertThat(faults(examine()))
        .singleElement()
        .asString()
        .contains("damaged bytes between whole batches");
  }

  @Test
  void segment_missing() throws Exception {
    fill();
    Files.delete(segment());

    assertThat(faults(examine())).singleElement().asString().contains("is missing");
  }

  @Test
  void segment_damaged() throws Exception {
    fill();
    byte[] bytes = Files.readAllBytes(segment());
    Files.write(segment(), java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(faults(examine())).singleElement().asString().contains("cannot be read");
  }

  @Test
  void segment_nobodys() throws Exception {
    fill();
    Files.copy(segment(), data.resolve("store/segments/00000099.spans.parquet"));

    assertThat(faults(examine())).isEmpty();
    assertThat(texts(examine())).contains("that the catalog does not name");
  }

  @Test
  void catalog_countsOtherwise() throws Exception {
    fill();
    change("store/catalog.db", "UPDATE segment SET spans = 99");

    assertThat(faults(examine())).singleElement().asString().contains("the catalog names 99");
  }

  @Test
  void catalog_newer() throws Exception {
    fill();
    change("store/catalog.db", "PRAGMA user_version = 99");

    assertThat(faults(examine())).singleElement().asString().contains("has version 99");
  }

  @Test
  void catalog_garbage() throws Exception {
    fill();
    Files.writeString(data.resolve("store/catalog.db"), "no database ".repeat(1000));

    assertThat(faults(examine()).getFirst().toString()).contains("catalog.db cannot be read");
  }

  @Test
  void settings_newer() throws Exception {
    fill();
    change("settings.db", "PRAGMA user_version = 99");

    assertThat(faults(examine())).singleElement().asString().contains("has version 99");
  }

  @Test
  void settings_older() throws Exception {
    fill();
    change("settings.db", "PRAGMA user_version = 0");

    assertThat(faults(examine())).isEmpty();
    assertThat(texts(examine())).contains("is of an older Onlooker");
  }

  @Test
  void settings_garbage() throws Exception {
    fill();
    Files.writeString(data.resolve("settings.db"), "no database ".repeat(1000));

    assertThat(faults(examine())).singleElement().asString().contains("settings.db cannot be read");
  }

  @Test
  void settings_withoutLiveKey() throws Exception {
    fill();
    change("settings.db", "UPDATE api_key SET disabled = 1");

    assertThat(texts(examine())).contains("no live key can send anything");
  }

  /** One segment and one batch in the log. */
  private void fill() throws IOException {
    OnlookerServer.open(config()).close();
    StoreConfig.Sealing soon =
        new StoreConfig.Sealing(2, 1 << 30, Duration.ofHours(1), Duration.ofMinutes(1));
    try (EmbeddedStore store =
        EmbeddedStore.open(StoreConfig.of(data.resolve("store")).withSealing(soon))) {
      store.append(new Batch(1, List.of(span(1), span(2), span(3))));
      Awaitility.await().until(() -> store.stats().segments() == 1);
      store.append(new Batch(1, List.of(span(4))));
    }
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(data.resolve("store")))) {
      store.append(new Batch(1, List.of(span(5))));
      store.append(new Batch(1, List.of(span(6))));
    }
  }

  private static SpanData span(int number) {
    return new SpanData(
        "%032x".formatted(number),
        "%016x".formatted(number),
        null,
        "s",
        null,
        1_794_000_000_000_000_000L,
        1_794_000_001_000_000_000L,
        SpanStatus.OK,
        true,
        Attributes.EMPTY,
        List.of());
  }

  private ServerConfig config() {
    return ServerConfig.of(data)
        .withAddress("127.0.0.1", 0)
        .withOtlpPorts(false)
        .withKeys(KEY, null);
  }

  private List<Finding> examine() throws IOException {
    return Doctor.examine(data, freePort(), Instant.now());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static List<Finding> faults(List<Finding> findings) {
    return findings.stream().filter(one -> one.level() == Finding.Level.FAULT).toList();
  }

  private static String texts(List<Finding> findings) {
    assertThat(findings)
        .allMatch(one -> (one.remedy() == null) == (one.level() == Finding.Level.OK));
    return String.join("\n", findings.stream().map(Finding::text).toList());
  }

  private Path journal() throws IOException {
    return first("store/journal", ".journal");
  }

  private Path segment() throws IOException {
    return first("store/segments", ".spans.parquet");
  }

  private Path first(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private void change(String file, String sql) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve(file));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
