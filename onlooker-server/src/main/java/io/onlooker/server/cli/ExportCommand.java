package io.onlooker.server.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes spans, sessions or log lines out of a server, as a file. */
@Command(
    name = "export",
    description = "Writes what a running server stores as NDJSON, CSV, Parquet or OTLP.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
public final class ExportCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "QUERY",
      description = "Which, such as 'op:gen_ai.chat'; all without one.")
  private String query;

  @Option(
      names = "--kind",
      defaultValue = "spans",
      description = "spans, sessions or logs (${DEFAULT-VALUE}).")
  private String kind;

  @Option(
      names = "--format",
      defaultValue = "ndjson",
      description = "ndjson, csv, parquet, or otlp for spans and logs (${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--column",
      paramLabel = "ATTRIBUTE",
      description = "An attribute with a column of its own in a table; may be repeated.")
  private List<String> columns = List.of();

  @Option(
      names = "--since",
      defaultValue = "24h",
      description = "How far back: 90s, 15m, 24h, 7d (${DEFAULT-VALUE}).")
  private String since;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file to write; without it the standard output.")
  private @Nullable Path file;

  @Mixin private ServerAddress server;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ApiPath path =
        ApiPath.of("export")
            .with("kind", kind)
            .with("format", format)
            .with("q", query)
            .with("range", since);
    columns.forEach(column -> path.with("column", column));
    if (file == null) {
      server.download(path, System.out);
      System.out.flush();
    } else {
      write(path, file);
    }
    return 0;
  }

  /** A file that is there is complete: one that broke off is deleted. */
  private void write(ApiPath path, Path file) throws IOException, InterruptedException {
    boolean complete = false;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      server.download(path, out);
      complete = true;
    } catch (FileAlreadyExistsException e) {
      complete = true;
      throw new IllegalArgumentException(
          "out: " + file + " (expected: a file that is not there)", e);
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }
}
