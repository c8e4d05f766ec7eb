package io.onlooker.server;

import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.export.AttributeNames;
import io.onlooker.export.ConsoleExporter;
import io.onlooker.export.OtlpExporter;
import io.onlooker.export.RecordedEvents;
import io.onlooker.export.SentryExporter;
import io.onlooker.export.SentrySpans;
import io.onlooker.export.SessionsExporter;
import io.onlooker.redact.RedactionProcessor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Drives one of the SDK's exporters with tracing events that were recorded, {@code *.events.jsonl}.
 */
final class EventReplay {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  /** Which exporter the events go through. */
  enum Target {
    SENTRY,
    OTLP,
    SESSIONS,
    CONSOLE
  }

  @Option(
      names = "--exporter",
      defaultValue = "sentry",
      description = "For *.events.jsonl: sentry, otlp, sessions or console (${DEFAULT-VALUE}).")
  private Target exporter = Target.SENTRY;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "For otlp and sessions: where to, without /v1/traces or /api/sdk.")
  private @Nullable String endpoint;

  @Option(names = "--api-key", paramLabel = "KEY", description = "For the sessions exporter.")
  private @Nullable String apiKey;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "For the otlp exporter: a header of every request; may be repeated.")
  private Map<String, String> headers = Map.of();

  @Option(
      names = "--names",
      defaultValue = "both",
      description = "For the sentry exporter: seed, current or both (${DEFAULT-VALUE}).")
  private AttributeNames names = AttributeNames.BOTH;

  @Option(
      names = "--spans",
      defaultValue = "transaction",
      description = "For the sentry exporter: transaction or stream (${DEFAULT-VALUE}).")
  private SentrySpans spans = SentrySpans.TRANSACTION;

  static boolean known(String fileName) {
    return fileName.endsWith(".events.jsonl");
  }

  /**
   * Sends the events of all files.
   *
   * @param redaction what they go through before, or null
   * @return whether every line was an event and everything arrived
   */
  boolean send(
      List<Path> files,
      @Nullable String dsn,
      @Nullable RedactionProcessor redaction,
      PrintWriter out,
      PrintWriter err)
      throws IOException {
    boolean complete = true;
    for (Path file : files) {
      RecordedEvents recorded = RecordedEvents.read(file);
      recorded.problems().forEach(problem -> err.println(file + ": " + problem));
      complete &= recorded.problems().isEmpty();
      ExportMetrics metrics = replay(recorded, dsn, redaction);
      complete &= metrics.dropped() == 0;
      out.println(file.getFileName() + ": " + recorded.events().size() + " events, " + metrics);
    }
    return complete;
  }

  private ExportMetrics replay(
      RecordedEvents recorded, @Nullable String dsn, @Nullable RedactionProcessor redaction) {
    return switch (exporter) {
      case SENTRY -> {
        SentryExporter sentry =
            SentryExporter.builder().dsn(required("dsn", dsn)).names(names).spans(spans).build();
        yield through(sentry, sentry.metrics(), recorded, redaction);
      }
      case OTLP -> {
        OtlpExporter.Builder builder = OtlpExporter.builder(required("endpoint", endpoint));
        headers.forEach(builder::header);
        OtlpExporter otlp = builder.build();
        yield through(otlp, otlp.metrics(), recorded, redaction);
      }
      case SESSIONS -> {
        SessionsExporter sessions =
            SessionsExporter.builder(required("endpoint", endpoint), required("api-key", apiKey))
                .build();
        yield through(sessions, sessions.metrics(), recorded, redaction);
      }
      case CONSOLE -> {
        ConsoleExporter console = ConsoleExporter.to(System.out);
        yield through(console, console.metrics(), recorded, redaction);
      }
    };
  }

  private static ExportMetrics through(
      Exporter exporter,
      ExportMetrics metrics,
      RecordedEvents recorded,
      @Nullable RedactionProcessor redaction) {
    recorded.replay(redaction == null ? exporter : new RedactingExporter(redaction, exporter));
    exporter.shutdown(SEND_WITHIN);
    return metrics;
  }

  private String required(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          name
              + ": none (expected: with --exporter "
              + exporter.name().toLowerCase(Locale.ROOT)
              + ")");
    }
    return value;
  }
}
