package io.onlooker.export;

import io.onlooker.ErrorData;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.TracingEvent;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line per ended span, for a person to read or as JSON; a parent stands below its
 * children, because it ends after them. Safe for many threads.
 */
public final class ConsoleExporter implements Exporter {

  private static final int MAX_CHARS = 4096;

  private final PrintStream out;
  private final boolean json;
  private final ExportMetrics metrics = new ExportMetrics();
  private final Guard guard = new Guard(metrics);
  private final SpanTracker tracker = new SpanTracker(new Lines());

  private ConsoleExporter(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Lines to read, indented by depth: time, duration, name, tokens, failure. */
  public static ConsoleExporter to(PrintStream out) {
    return new ConsoleExporter(out, false);
  }

  /** One JSON object per line, with every attribute. */
  public static ConsoleExporter jsonTo(PrintStream out) {
    return new ConsoleExporter(out, true);
  }

  /** What was printed and what could not be, in spans, errors and log lines. */
  @Override
  public ExportMetrics metrics() {
    return metrics;
  }

  @Override
  public synchronized void exportTracingEvent(TracingEvent event) {
    guard.run(() -> tracker.accept(event));
  }

  @Override
  public synchronized void forgetSpan(String traceId, String spanId) {
    guard.run(() -> tracker.forget(traceId, spanId));
  }

  @Override
  public synchronized void exportLog(LogData log) {
    guard.run(() -> print(json ? ConsoleJson.log(log) : ConsoleText.log(log)));
  }

  @Override
  public synchronized void exportError(ErrorData error) {
    guard.run(() -> print(json ? ConsoleJson.error(error) : ConsoleText.error(error)));
  }

  @Override
  public synchronized boolean flush(Duration timeout) {
    out.flush();
    return true;
  }

  @Override
  public synchronized boolean shutdown(Duration timeout) {
    guard.run(() -> tracker.endAll(Times.now()));
    return flush(timeout);
  }

  private void print(String line) {
    out.println(line);
    metrics.countSent(1);
  }

  private final class Lines implements SpanSink {

    private final SpanMapping mapping = new SpanMapping(AttributeNames.CURRENT, null, false);

    @Override
    public void ended(OpenSpan span) {
      SpanData data = mapping.map(span, span.root, MAX_CHARS);
      print(json ? ConsoleJson.span(data) : ConsoleText.span(data, depth(span)));
    }

    @Override
    public void moment(@Nullable OpenSpan above, SpanSnapshot event) {
      ended(new OpenSpan(event, above, false));
    }

    private static int depth(OpenSpan span) {
      int depth = 0;
      for (OpenSpan above = span.parent; above != null; above = above.parent) {
        depth++;
      }
      return depth;
    }
  }
}
