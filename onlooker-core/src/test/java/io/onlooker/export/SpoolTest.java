package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.export.RudeServer.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final ExportMetrics metrics = new ExportMetrics();
  private final Drops drops = new Drops(metrics);

  @Test
  void unsent_survivesARestart() throws Exception {
    try (RudeServer server = new RudeServer(Manner.HANGS_UP)) {
      SentryExporter first = exporter(server.dsn());
      first.exportTracingEvent(span(1).ended());
      first.exportTracingEvent(span(2).ended());
      first.shutdown(LONG);
      assertThat(first.metrics().dropped()).isZero();
      assertThat(files()).hasSize(2);
    }

    try (Receiver receiver = new Receiver()) {
      SentryExporter second = exporter(receiver.dsn());
      ReceivedSpan one = receiver.nextEnvelope().spans().findFirst().orElseThrow();
      ReceivedSpan two = receiver.nextEnvelope().spans().findFirst().orElseThrow();
      second.shutdown(LONG);

      assertThat(List.of(one.id(), two.id())).containsExactly(Given.id(1), Given.id(2));
      assertThat(second.metrics().sent()).isEqualTo(2);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void file_corrupt_skippedAndCounted() throws Exception {
    Files.writeString(folder.resolve("0000000000001-000000.SPAN.7.gz"), "no gzip");
    Files.writeString(folder.resolve("nonsense.gz"), "no gzip");
    Files.writeString(folder.resolve("unrelated.txt"), "keep me");

    try (Receiver receiver = new Receiver()) {
      SentryExporter exporter = exporter(receiver.dsn());
      exporter.exportTracingEvent(span(1).ended());
      assertThat(receiver.nextEnvelope().spans()).hasSize(1);
      exporter.shutdown(LONG);

      assertThat(exporter.metrics().dropped(Drop.INVALID)).isEqualTo(2);
      assertThat(files()).isEmpty();
      assertThat(folder.resolve("unrelated.txt")).exists();
    }
  }

  @Test
  void folder_full_oldestGivesWay() {
    Spool spool = open();
    byte[] noise = new byte[1000];
    new java.util.Random(7).nextBytes(noise);

    for (int i = 1; i <= 5; i++) {
      assertThat(spool.put(Payload.of(Category.SPAN, i, noise))).isTrue();
    }

    Payload oldest = Objects.requireNonNull(spool.peek());
    assertThat(oldest.items()).isEqualTo(3);
    assertThat(metrics.dropped(Drop.QUEUE_FULL)).isEqualTo(1 + 2);
    spool.close();
  }

  @Test
  void folder_heldByAnother() {
    Spool spool = open();

    assertThat(Spool.open(folder, 4000, drops)).isNull();

    spool.close();
    assertThat(open().isEmpty()).isTrue();
  }

  @Test
  void folder_notWritable() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(Spool.open(file, 4000, drops)).isNull();
  }

  @Test
  void payload_comesBackAsItWas() throws IOException {
    Spool spool = open();
    spool.put(Payload.of(Category.LOG, 3, "hello".getBytes(UTF_8)));
    spool.close();

    Payload read = Objects.requireNonNull(open().peek());

    assertThat(read.category()).isEqualTo(Category.LOG);
    assertThat(read.items()).isEqualTo(3);
    assertThat(read.gzip()).isSameAs(read);
  }

  private Spool open() {
    return Objects.requireNonNull(Spool.open(folder, 4000, drops));
  }

  private SentryExporter exporter(String dsn) {
    return SentryExporter.builder()
        .dsn(dsn)
        .spoolFolder(folder)
        .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 2))
        .build();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".gz")).toList();
    }
  }

  private static Given span(int number) {
    return Given.root(number, AGENT_RUN).entity("desk");
  }
}
