package io.onlooker.examples.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of an example in a process of its own, as its user starts it. */
public final class ExampleProcess implements AutoCloseable {

  private final Process process;

  private ExampleProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param dsn where its spans go
   * @param more of its environment
   */
  public static ExampleProcess start(
      Class<?> program, String dsn, Map<String, String> more, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putAll(Map.of("SENTRY_DSN", dsn, "PORT", "0", "NODE_MODULES", "../node_modules"));
    environment.putAll(more);
    return new ExampleProcess(builder.start());
  }

  /** Waits until it says where it listens. */
  public URI address() throws IOException {
    return URI.create(said("http://\\S+"));
  }

  /** Waits until it says such a thing; gives the first part of a line that is like the pattern. */
  public String said(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    StringBuilder said = new StringBuilder();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher match = wanted.matcher(line);
      if (match.find()) {
        return match.group();
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("the program ended before it said " + pattern + ":\n" + said);
  }

  /** Waits until it has done its work; gives what it said. */
  public String done() throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** Ends it as Ctrl-C does: what it recorded is still sent. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(20, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }
}
