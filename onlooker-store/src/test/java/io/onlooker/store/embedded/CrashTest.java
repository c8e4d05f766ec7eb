package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Spans;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often the writer is killed tells {@code -Dcrash.runs}. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashTest {

  private static final int RUNS = Integer.getInteger("crash.runs", 3);

  private static final int WRITERS = 4;

  @TempDir Path folder;
  @TempDir Path temporary;

  @Test
  void killed_nothingAcknowledgedIsLost() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < RUNS; round++) {
      acknowledged.addAll(writeUntilKilled(round * WRITERS * CrashWriter.TRACES_A_WRITER, 250));
    }

    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder))) {
      Map<String, Long> found = spansByTrace(store);
      assertThat(found.keySet()).containsAll(acknowledged);
      assertThat(found.values()).allMatch(spans -> spans == CrashWriter.SPANS);
      assertThat(store.stats().spans()).isEqualTo((long) found.size() * CrashWriter.SPANS);
      assertThat(store.stats().segments()).isPositive();
      assertThat(sessions(store)).isEqualTo(found.keySet());
      for (String trace : found.keySet()) {
        assertThat(store.trace(1, trace)).hasSize(CrashWriter.SPANS);
      }
    }
  }

  /** Kills the writer after it acknowledged so many batches; all that it acknowledged. */
  private Set<String> writeUntilKilled(int firstTrace, int batches) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                folder.toString(),
                Integer.toString(firstTrace),
                Integer.toString(WRITERS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        acknowledged.add(Spans.trace(Integer.parseInt(line)));
        if (acknowledged.size() == batches) {
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(batches);
    return acknowledged;
  }

  private static Map<String, Long> spansByTrace(EmbeddedStore store) {
    Query query =
        new Query(
            1,
            Filter.ALL,
            List.of(new Aggregate("count", Aggregate.Function.COUNT, null, null)),
            List.of(new Group("trace", Field.Column.TRACE_ID, null)),
            Instant.EPOCH,
            Spans.NOON.plusSeconds(60),
            null,
            List.of(),
            1_000_000);
    Map<String, Long> found = new HashMap<>();
    for (List<@Nullable Object> row : store.aggregate(query).rows()) {
      found.put(String.valueOf(row.get(0)), (Long) row.get(1));
    }
    return found;
  }

  private static Set<String> sessions(EmbeddedStore store) {
    SessionQuery query =
        new SessionQuery(
            1,
            Filter.ALL,
            Instant.EPOCH,
            Spans.NOON.plusSeconds(60),
            SessionQuery.Order.STARTED,
            true,
            1_000_000,
            null);
    Set<String> traces = new HashSet<>();
    store.sessions(query).sessions().forEach(session -> traces.add(session.traceId()));
    return traces;
  }
}
