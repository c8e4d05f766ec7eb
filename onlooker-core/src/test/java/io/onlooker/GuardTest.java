package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardTest {

  private final Logger logger = Logger.getLogger("io.onlooker");
  private final Kept kept = new Kept();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(kept);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(kept);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void run_firstFailureLoudlyTheRestQuietly() {
    Guard guard = new Guard(false);

    for (int i = 0; i < 3; i++) {
      assertThat(guard.run("exporter A", GuardTest::fail)).isFalse();
    }
    assertThat(guard.run("exporter B", GuardTest::fail)).isFalse();
    assertThat(guard.run("exporter B", () -> {})).isTrue();

    assertThat(kept.levels).containsExactly(Level.WARNING, Level.FINE, Level.FINE, Level.WARNING);
  }

  @Test
  void run_debugIsAlwaysLoud() {
    Guard guard = new Guard(true);

    guard.run("exporter A", GuardTest::fail);
    guard.run("exporter A", GuardTest::fail);

    assertThat(kept.levels).containsExactly(Level.WARNING, Level.WARNING);
  }

  private static void fail() {
    throw new IllegalStateException("broken");
  }

  private static final class Kept extends Handler {

    final List<Level> levels = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      levels.add(record.getLevel());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
