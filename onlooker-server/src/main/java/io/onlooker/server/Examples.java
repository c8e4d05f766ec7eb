package io.onlooker.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The examples in a process of their own, which ends them when its input does: they do not outlive
 * this one, however it ends.
 */
final class Examples implements AutoCloseable {

  private static final String PROGRAM = "io.onlooker.examples.demo.Demo";
  private static final long PATIENCE_SECONDS = 15;

  private final Process process;
  private volatile boolean closing;

  private Examples(Process process) {
    this.process = process;
  }

  /**
   * Starts them; they say themselves where they listen.
   *
   * @param folder where they may leave what they need, and what they complain of
   * @param ended told the exit code when they end without being closed
   */
  static Examples start(String classPath, String dsn, Path folder, IntConsumer ended)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            classPath,
            PROGRAM);
    builder.environment().put("SENTRY_DSN", dsn);
    builder.environment().put("SENTRY_ENVIRONMENT", "demo");
    builder.environment().put("QUEUE", Files.createDirectories(folder.resolve("queue")).toString());
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(log(folder).toFile());
    Examples examples = new Examples(builder.start());
    examples.watch(ended);
    return examples;
  }

  static Path log(Path folder) {
    return folder.resolve("examples.log");
  }

  private void watch(IntConsumer ended) {
    Thread.ofVirtual()
        .start(() -> {
          int code = process.onExit().join().exitValue();
          if (!closing) {
            ended.accept(code);
          }
        });
  }

  /** What they recorded last is still sent. */
  @Override
  public void close() {
    closing = true;
    process.destroy();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
