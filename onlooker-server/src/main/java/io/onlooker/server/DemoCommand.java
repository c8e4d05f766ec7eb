package io.onlooker.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a server with something to look at, and leaves nothing behind. */
@Command(
    name = "demo",
    description =
        "Runs a server full of recorded agent runs, and the examples with somebody who uses them,"
            + " in a temporary folder.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class DemoCommand implements Callable<Integer> {

  @Mixin private ServerOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--keep", description = "Keep the folder when the demo ends.")
  private boolean keep;

  @Option(
      names = "--examples",
      hidden = true,
      description = "Class path of the examples to run; the launcher says it.")
  private @Nullable String classPath;

  @Override
  public Integer call() throws Exception {
    Path folder = folder();
    OnlookerServer server = open(folder);
    Instant now = Instant.now();
    DemoData.appendTo(server.store(), now);
    DemoData.appendShopTo(server.store(), now);
    PrintWriter out = spec.commandLine().getOut();
    out.println("The demo runs on " + server.address());
    out.println("  sign in  " + server.signInLink() + "  (works once, for a day)");
    if (server.firstDsn() != null) {
      out.println("  DSN      " + server.firstDsn() + "  (send your own agents here)");
    }
    out.println("  data     " + folder + (keep ? "" : "  (removed when the demo ends)"));
    out.println("Ctrl-C ends it.");
    out.flush();
    Examples examples = startExamples(server, folder);
    ServeCommand.untilStopped(() -> end(examples, server, folder));
    return 0;
  }

  private static Path folder() throws IOException {
    try {
      return Files.createTempDirectory("onlooker-demo-");
    } catch (IOException e) {
      throw new IOException(
          "temporary folder: "
              + System.getProperty("java.io.tmpdir")
              + " cannot be written (expected: a folder that can be; set"
              + " ONLOOKER_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER)",
          e);
    }
  }

  private OnlookerServer open(Path folder) throws IOException {
    try {
      return OnlookerServer.open(options.over(folder));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** Without examples there is still enough to look at. */
  private @Nullable Examples startExamples(OnlookerServer server, Path folder) {
    if (classPath == null || classPath.isBlank()) {
      complain("The examples are not built: what you see is recorded, and nothing new comes.");
      return null;
    }
    try {
      return Examples.start(
          classPath, server.dsn("examples"), folder, code -> complain(ended(code, folder)));
    } catch (IOException e) {
      complain("The examples cannot be started: what you see is recorded (" + e.getMessage() + ")");
      return null;
    }
  }

  private static String ended(int code, Path folder) {
    return "The examples ended with %d, nothing new comes (%s says why)"
        .formatted(code, Examples.log(folder));
  }

  private void complain(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }

  private void end(@Nullable Examples examples, OnlookerServer server, Path folder) {
    if (examples != null) {
      examples.close();
    }
    server.close();
    if (!keep) {
      remove(folder);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " could not be removed", e);
    }
  }
}
