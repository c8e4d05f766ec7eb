package io.onlooker.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of an example in a small process of its own; it has this one's environment. */
final class Program {

  private static final String LISTENS = "listens on ";
  private static final long PATIENCE_SECONDS = 5;

  private final String name;
  private final Process process;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static Program start(Class<?> program) throws IOException {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-Xss512k",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    ProcessBuilder builder = new ProcessBuilder(java.toList());
    builder.environment().put("PORT", "0");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Program(program.getSimpleName(), builder.start());
  }

  /** Waits until it says where it listens. */
  URI address() throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENS)) {
        return URI.create(line.substring(LISTENS.length()));
      }
    }
    throw new IOException(name + ": ended (expected: it listens)");
  }

  /** Ends them side by side, as Ctrl-C does, so that each still sends what it holds. */
  static void end(List<Program> programs) {
    programs.forEach(program -> program.process.destroy());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    programs.forEach(program -> program.awaitEnd(deadline));
  }

  private void awaitEnd(long deadline) {
    try {
      if (process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
