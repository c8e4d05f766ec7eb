package io.onlooker.server;

import io.onlooker.server.access.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a fresh sign-in link; works beside a running server. */
@Command(
    name = "sign-in",
    description = "Prints a link that signs one browser in.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class SignInCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "onlooker-data",
      description = "The server's data folder (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "8600",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() {
    Path settings = data.resolve("settings.db");
    if (!Files.exists(settings)) {
      throw new IllegalArgumentException(
          "data: " + data.toAbsolutePath() + " (expected: the data folder of a server)");
    }
    try (Access access = Access.open(settings, Clock.systemUTC())) {
      spec.commandLine().getOut().println("http://localhost:" + port + access.signInPath());
    }
    return 0;
  }
}
