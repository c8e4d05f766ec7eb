package io.onlooker.export;

import io.onlooker.Exporter;
import io.onlooker.TracingEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracing events that Mastra's exporters recorded, one JSON document per line: {@code
 * {"type":"span_ended","exportedSpan":{…}}}. Immutable.
 */
public final class RecordedEvents {

  private static final int MOST_PROBLEMS = 100;

  private final List<TracingEvent> events;
  private final List<String> problems;

  private RecordedEvents(List<TracingEvent> events, List<String> problems) {
    this.events = List.copyOf(events);
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads a file.
   *
   * @throws IOException when the file cannot be read
   */
  public static RecordedEvents read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(reader);
    }
  }

  /**
   * Reads to the end; does not close the reader. A line that is no event is left out and named in
   * {@link #problems}.
   *
   * @throws IOException when the reader fails
   */
  public static RecordedEvents read(Reader reader) throws IOException {
    List<TracingEvent> events = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    BufferedReader lines = new BufferedReader(reader);
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try {
        if (!line.isBlank()) {
          events.add(event(line));
        }
      } catch (IllegalArgumentException e) {
        if (problems.size() < MOST_PROBLEMS) {
          problems.add("line " + number + ": " + e.getMessage());
        }
      }
      number++;
    }
    return new RecordedEvents(events, problems);
  }

  /** The events in the order of the file. */
  public List<TracingEvent> events() {
    return events;
  }

  /** The lines that are no events, and why; at most a hundred. */
  public List<String> problems() {
    return problems;
  }

  /** Hands every event to the exporter; the caller flushes it. */
  public void replay(Exporter exporter) {
    events.forEach(exporter::exportTracingEvent);
  }

  private static TracingEvent event(String line) {
    if (!(JsonReader.read(line) instanceof Map<?, ?> event)) {
      throw new IllegalArgumentException("no object (expected: {\"type\":…,\"exportedSpan\":{…}})");
    }
    if (!(event.get("exportedSpan") instanceof Map<?, ?> span)) {
      throw new IllegalArgumentException("exportedSpan: missing (expected: an object)");
    }
    return new TracingEvent(kind(event.get("type")), new MastraSpan(span).snapshot());
  }

  private static TracingEvent.Kind kind(@Nullable Object type) {
    return switch (String.valueOf(type)) {
      case "span_started" -> TracingEvent.Kind.SPAN_STARTED;
      case "span_updated" -> TracingEvent.Kind.SPAN_UPDATED;
      case "span_ended" -> TracingEvent.Kind.SPAN_ENDED;
      default ->
          throw new IllegalArgumentException(
              "type: " + type + " (expected: span_started, span_updated or span_ended)");
    };
  }
}
