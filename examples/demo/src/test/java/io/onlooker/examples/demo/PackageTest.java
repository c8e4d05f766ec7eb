package io.onlooker.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.OnlookerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as it is packaged. */
@Timeout(120)
class PackageTest {

  @TempDir Path folder;

  @Test
  void killed_leavesNoCopyOfTheEngine() throws Exception {
    OnlookerProcess.assumeBuilt();

    try (OnlookerProcess server = OnlookerProcess.start(folder)) {
      server.await(0, "");
    }

    try (Stream<Path> left = Files.list(OnlookerProcess.temporary(folder))) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.contains("duckdb"));
    }
  }
}
