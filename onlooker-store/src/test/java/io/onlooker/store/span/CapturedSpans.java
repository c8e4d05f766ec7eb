package io.onlooker.store.span;

import static java.util.Objects.requireNonNull;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans of real Mastra clients as ingest decodes them, and what is known about the runs they make.
 *
 * <p>Every flavour of client is there: several versions of the Sentry exporter, and OTLP. All
 * operations but agents and tools are marked {@code ai_client}, the hardest case for the fold.
 */
public final class CapturedSpans {

  /** One run of an agent, as its client counted it. */
  public record CapturedRun(
      String file,
      String scenario,
      String root,
      String trace,
      long input,
      long output,
      long tools) {}

  private CapturedSpans() {}

  public static List<CapturedRun> runs() {
    List<CapturedRun> runs = new ArrayList<>();
    for (Map<?, ?> line : lines("captured-runs.jsonl")) {
      runs.add(
          new CapturedRun(
              text(line, "file"),
              text(line, "scenario"),
              text(line, "root"),
              text(line, "trace"),
              number(line, "input"),
              number(line, "output"),
              number(line, "tools")));
    }
    return runs;
  }

  public static List<SpanData> trace(String traceId) {
    List<SpanData> spans = new ArrayList<>();
    for (Map<?, ?> line : lines("captured-spans.jsonl")) {
      if (line.get("trace") instanceof String trace && trace.equals(traceId)) {
        spans.add(span(line));
      }
    }
    return spans;
  }

  public static List<String> traceIds() {
    return lines("captured-spans.jsonl").stream()
        .map(line -> text(line, "trace"))
        .distinct()
        .toList();
  }

  private static SpanData span(Map<?, ?> line) {
    Attributes.Builder attributes = Attributes.builder();
    ((Map<?, ?>) requireNonNull(line.get("attributes")))
        .forEach((key, value) -> attributes.put((String) key, value));
    return new SpanData(
        text(line, "trace"),
        text(line, "id"),
        (String) line.get("parent"),
        text(line, "name"),
        (String) line.get("op"),
        number(line, "start"),
        number(line, "end"),
        status(text(line, "status"), (String) line.get("message")),
        Boolean.TRUE.equals(line.get("segment")),
        attributes.build(),
        List.of());
  }

  private static SpanStatus status(String code, @Nullable String message) {
    return switch (code) {
      case "ok" -> SpanStatus.OK;
      case "error" -> SpanStatus.error(message);
      default -> SpanStatus.UNSET;
    };
  }

  private static List<Map<?, ?>> lines(String file) {
    try (var in =
        requireNonNull(CapturedSpans.class.getResourceAsStream("/io/onlooker/store/" + file))) {
      List<Map<?, ?>> lines = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.add((Map<?, ?>) requireNonNull(JsonTree.read(line)));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<?, ?> line, String key) {
    return (String) requireNonNull(line.get(key));
  }

  private static long number(Map<?, ?> line, String key) {
    return (Long) requireNonNull(line.get(key));
  }
}
