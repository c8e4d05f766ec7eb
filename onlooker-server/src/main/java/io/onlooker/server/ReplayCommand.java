package io.onlooker.server;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.redact.RedactionProcessor;
import io.onlooker.server.ingest.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends recorded requests, or recorded tracing events, to a server: imports, demos, load. */
@Command(
    name = "replay",
    description = "Sends recorded requests or tracing events to a server.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ReplayCommand implements Callable<Integer> {

  private static final String MAX = "max";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "*.envelope, *.body, *.otlp.json, *.otlp.pb, *.events.jsonl, or a folder of requests.")
  private List<Path> files;

  @Option(names = "--dsn", description = "Where to: http://KEY@HOST:PORT/PROJECT, or ONLOOKER_DSN.")
  private @Nullable String dsn;

  @Mixin private EventReplay events;

  @Mixin private PiiOptions rules;

  @Option(
      names = "--pii",
      description = "Redacts personal data on the way, as an application would.")
  private boolean pii;

  @Option(
      names = "--speed",
      defaultValue = MAX,
      description = "max, or how many times faster than it was recorded (${DEFAULT-VALUE}).")
  private String speed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> recorded = files.stream().filter(file -> EventReplay.known(name(file))).toList();
    List<Path> requests = files.stream().filter(file -> !recorded.contains(file)).toList();
    RedactionProcessor redaction = pii || rules.given() ? rules.processor() : null;
    boolean complete = events.send(recorded, dsn, redaction, out, err);
    if (!requests.isEmpty()) {
      complete &= send(recordings(requests), redaction, out, err);
    }
    return complete ? 0 : 1;
  }

  private boolean send(
      List<Path> recordings,
      @Nullable RedactionProcessor redaction,
      PrintWriter out,
      PrintWriter err)
      throws IOException, InterruptedException {
    if (dsn == null) {
      throw new IllegalArgumentException("dsn: none (expected: http://KEY@HOST:PORT/PROJECT)");
    }
    double factor = factor();
    long last = Long.MIN_VALUE;
    try (RequestTarget target =
        redaction == null ? new ReplayTarget(dsn) : new RedactedTarget(dsn, redaction)) {
      for (Path file : recordings) {
        Recording recording = new Recording(name(file), Files.readAllBytes(file));
        if (factor > 0) {
          last = pace(recording, last, factor);
        }
        target.send(recording, err);
      }
      out.println(target.finish());
      return target.complete();
    }
  }

  /** Waits as long as lay between this recording and the one before. */
  private static long pace(Recording recording, long last, double factor)
      throws InterruptedException {
    long moment = last;
    try {
      for (Item item : recording.items()) {
        moment = item instanceof SpanData span ? Math.max(moment, span.endNanos()) : moment;
      }
    } catch (IllegalArgumentException _) {
      // Not readable: the server shall say so.
    }
    if (last != Long.MIN_VALUE && moment > last) {
      Thread.sleep(Duration.ofNanos((long) ((moment - last) / factor)));
    }
    return moment;
  }

  private double factor() {
    if (speed.equals(MAX)) {
      return 0;
    }
    try {
      double factor = Double.parseDouble(speed);
      if (factor > 0 && Double.isFinite(factor)) {
        return factor;
      }
    } catch (NumberFormatException _) {
      // Told below, as a number that is not positive is.
    }
    throw new IllegalArgumentException("speed: " + speed + " (expected: max, or a number above 0)");
  }

  private static List<Path> recordings(List<Path> asked) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : asked) {
      if (Files.isDirectory(file)) {
        try (Stream<Path> inside = Files.walk(file)) {
          inside.filter(ReplayCommand::known).sorted().forEach(found::add);
        }
      } else if (Files.isReadable(file) && known(file)) {
        found.add(file);
      } else {
        throw new IllegalArgumentException(
            "file: "
                + file
                + " (expected: *.envelope, *.body, *.otlp.json, *.otlp.pb or *.events.jsonl)");
      }
    }
    return found;
  }

  private static boolean known(Path file) {
    return Files.isRegularFile(file) && Recording.known(name(file));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
