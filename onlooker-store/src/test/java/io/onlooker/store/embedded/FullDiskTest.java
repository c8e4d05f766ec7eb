package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full: a process of its own, with a small file system that only it sees.
 * Skipped where the system does not let us make one ({@code unshare} of util-linux on Linux).
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskTest {

  private static final List<String> ON_A_SMALL_DISK =
      List.of(
          "unshare",
          "--mount",
          "--map-root-user",
          "sh",
          "-c",
          "mount -t tmpfs -o size=40m tmpfs \"$1\" && shift && exec \"$@\"",
          "sh");

  @TempDir Path folder;

  @Test
  void full_refusesReadsAndRecovers() throws Exception {
    assumeTrue(canMount(), "no small file system can be made here");

    List<String> story =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            FullDiskStory.class.getName(),
            folder.toString());

    Ended ended = run(story);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("refused", "recovered", "all there");
  }

  private boolean canMount() throws InterruptedException {
    try {
      return run(List.of("true")).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private record Ended(int code, String output) {}

  private Ended run(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(ON_A_SMALL_DISK);
    all.add(folder.toString());
    all.addAll(command);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
