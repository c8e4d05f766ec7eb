package io.onlooker.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(name = "serve", description = "Runs the server.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ServeCommand implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 10_000;

  @Mixin private ServerOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "onlooker-data",
      description = "Folder that holds everything it keeps (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--check",
      description = "Start, and stop again as soon as it answers: tries the settings.")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    OnlookerServer server = OnlookerServer.open(options.over(data.toAbsolutePath()));
    PrintWriter out = spec.commandLine().getOut();
    out.println("Onlooker listens on " + server.address());
    out.println("  data     " + data.toAbsolutePath());
    if (server.firstDsn() != null) {
      out.println("  DSN      " + server.firstDsn() + "  (shown this once)");
    }
    out.println("  sign in  " + server.signInLink() + "  (works once, for a day)");
    out.flush();
    if (check) {
      try (server) {
        requireAnswer(URI.create(server.address() + "/healthz"));
      }
      return 0;
    }
    untilStopped(server::close);
    return 0;
  }

  /** One request, which is also what the launcher has the JVM learn from. */
  private static void requireAnswer(URI address) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    int status = connection.getResponseCode();
    if (status != 200) {
      throw new IOException(address + " answers " + status + " (expected: 200)");
    }
  }

  /** Waits for Ctrl-C or SIGTERM and then runs this, whole, before the process ends. */
  static void untilStopped(Runnable closing) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(closing, "stop"));
    new CountDownLatch(1).await();
  }
}
