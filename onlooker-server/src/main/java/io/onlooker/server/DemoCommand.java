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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a server with something to look at, and leaves nothing behind. */
@Command(
    name = "demo",
    description = "Runs a server full of recorded agent runs, in a temporary folder.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class DemoCommand implements Callable<Integer> {

  @Mixin private ServerOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--keep", description = "Keep the folder when the demo ends.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("onlooker-demo-");
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
    ServeCommand.untilStopped(() -> end(server, folder));
    return 0;
  }

  private OnlookerServer open(Path folder) throws IOException {
    try {
      return OnlookerServer.open(options.over(folder));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private void end(OnlookerServer server, Path folder) {
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
