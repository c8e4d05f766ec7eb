package io.onlooker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An exporter that keeps what it is given, behind an Onlooker of its own. */
public final class Recorded implements Exporter, AutoCloseable {

  /** A loaded machine may need it; a flush ends as soon as all is delivered. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  public final List<TracingEvent> events = new CopyOnWriteArrayList<>();
  public final List<LogData> logs = new CopyOnWriteArrayList<>();
  public final List<ErrorData> errors = new CopyOnWriteArrayList<>();
  public final List<String> forgotten = new CopyOnWriteArrayList<>();
  public final Onlooker onlooker;

  public Recorded() {
    this(options -> {});
  }

  public Recorded(Consumer<OnlookerOptions> configure) {
    onlooker =
        Onlooker.create(options -> {
          options.variables(name -> null).exporter(this);
          configure.accept(options);
        });
  }

  /** The spans that have ended so far, in the order of their ends. */
  public List<SpanSnapshot> spans() {
    return of(TracingEvent.Kind.SPAN_ENDED);
  }

  public List<SpanSnapshot> of(TracingEvent.Kind kind) {
    onlooker.flush(PATIENCE);
    return events.stream().filter(e -> e.kind() == kind).map(TracingEvent::span).toList();
  }

  /** The only span that has ended. */
  public SpanSnapshot span() {
    List<SpanSnapshot> spans = spans();
    if (spans.size() != 1) {
      throw new AssertionError("spans: " + spans + " (expected: one)");
    }
    return spans.get(0);
  }

  public SpanSnapshot span(String name) {
    return spans().stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  public List<LogData> logs() {
    onlooker.flush(PATIENCE);
    return logs;
  }

  public List<ErrorData> errors() {
    onlooker.flush(PATIENCE);
    return errors;
  }

  @Override
  public void exportTracingEvent(TracingEvent event) {
    events.add(event);
  }

  @Override
  public void forgetSpan(String traceId, String spanId) {
    forgotten.add(spanId);
  }

  @Override
  public void exportLog(LogData log) {
    logs.add(log);
  }

  @Override
  public void exportError(ErrorData error) {
    errors.add(error);
  }

  @Override
  public boolean flush(Duration timeout) {
    return true;
  }

  @Override
  public boolean shutdown(Duration timeout) {
    return true;
  }

  @Override
  public void close() {
    onlooker.close();
  }
}
