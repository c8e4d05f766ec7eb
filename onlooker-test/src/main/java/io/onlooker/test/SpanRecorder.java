package io.onlooker.test;

import io.onlooker.ErrorData;
import io.onlooker.Exporter;
import io.onlooker.LogData;
import io.onlooker.Onlooker;
import io.onlooker.OnlookerOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.TracingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what is recorded, for a test to read; a span that the test left open or did not read fails
 * it. Safe for many threads.
 *
 * <pre>{@code
 * @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();
 *
 * @Test void answer_callsTheTool() {
 *   agent(recorder.onlooker()).ask("Where is my order?");
 *
 *   assertThat(recorder.takeSession()).calledTool("check-order").times(1);
 * }
 * }</pre>
 *
 * <p>A field of its own for each test, so not static. Without JUnit's extension it is closed, and
 * checked, by try-with-resources.
 */
public final class SpanRecorder implements Exporter, AfterEachCallback, AutoCloseable {

  /** For loaded machines; reading waits no longer than it takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<TracingEvent> events = new ArrayList<>();
  private final Map<String, SpanSnapshot> open = new LinkedHashMap<>();
  private final List<SpanSnapshot> unread = new ArrayList<>();
  private final List<LogData> logs = new ArrayList<>();
  private final List<ErrorData> errors = new ArrayList<>();
  private final Onlooker onlooker;

  private SpanRecorder(boolean current, Consumer<OnlookerOptions> configure) {
    Consumer<OnlookerOptions> all =
        options -> {
          options.exporter(this);
          configure.accept(options);
        };
    onlooker = current ? Onlooker.init(all) : Onlooker.create(all);
  }

  /** A recorder with an Onlooker of its own. */
  public static SpanRecorder create() {
    return create(options -> {});
  }

  /** A recorder whose Onlooker has more settings: processors, a sampler. */
  public static SpanRecorder create(Consumer<OnlookerOptions> configure) {
    return new SpanRecorder(false, configure);
  }

  /** A recorder whose Onlooker is the process's current one until it is closed. */
  public static SpanRecorder createCurrent() {
    return createCurrent(options -> {});
  }

  /** As {@link #createCurrent()}, whose Onlooker has more settings. */
  public static SpanRecorder createCurrent(Consumer<OnlookerOptions> configure) {
    return new SpanRecorder(true, configure);
  }

  /** What the code under test records with. */
  public Onlooker onlooker() {
    return onlooker;
  }

  /** The oldest span that has ended and was not read. */
  public SpanSnapshot take() {
    return take(span -> true, "any");
  }

  /** The oldest span of this name that has ended and was not read. */
  public SpanSnapshot take(String name) {
    return take(span -> span.name().equals(name), name);
  }

  private SpanSnapshot take(Predicate<SpanSnapshot> wanted, String what) {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      for (SpanSnapshot span : unread) {
        if (wanted.test(span)) {
          unread.remove(span);
          return span;
        }
      }
      throw new AssertionError("span: " + what + " (expected: one of " + names(unread) + ")");
    }
  }

  /** All spans that have ended and were not read, in the order of their ends. */
  public List<SpanSnapshot> takeAll() {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      List<SpanSnapshot> all = List.copyOf(unread);
      unread.clear();
      return all;
    }
  }

  /** The oldest root that has ended, with the spans of its trace that were not read. */
  public RecordedSession takeSession() {
    SpanSnapshot root = take(SpanSnapshot::root, "a root");
    synchronized (this) {
      List<SpanSnapshot> spans = new ArrayList<>();
      unread.removeIf(span -> span.traceId().equals(root.traceId()) && spans.add(span));
      return RecordedSession.of(root, spans);
    }
  }

  /** All that happened, in order. */
  public List<TracingEvent> events() {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      return List.copyOf(events);
    }
  }

  public List<LogData> logs() {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      return List.copyOf(logs);
    }
  }

  public List<ErrorData> errors() {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      return List.copyOf(errors);
    }
  }

  /**
   * Fails when a span was left open or unread.
   *
   * @throws AssertionError naming the spans
   */
  public void verifyNothingLeft() {
    onlooker.flush(PATIENCE);
    synchronized (this) {
      if (!open.isEmpty()) {
        throw new AssertionError("open spans: " + names(open.values()) + " (expected: none)");
      }
      if (!unread.isEmpty()) {
        throw new AssertionError("unread spans: " + names(unread) + " (expected: none)");
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      onlooker.close();
    } else {
      close();
    }
  }

  @Override
  public void close() {
    try {
      verifyNothingLeft();
    } finally {
      onlooker.close();
    }
  }

  private static List<String> names(Iterable<SpanSnapshot> spans) {
    List<String> names = new ArrayList<>();
    spans.forEach(span -> names.add(span.name()));
    return names;
  }

  @Override
  public synchronized void exportTracingEvent(TracingEvent event) {
    events.add(event);
    SpanSnapshot span = event.span();
    if (event.kind() == TracingEvent.Kind.SPAN_STARTED) {
      open.put(span.spanId(), span);
    } else if (event.kind() == TracingEvent.Kind.SPAN_ENDED) {
      open.remove(span.spanId());
      unread.add(span);
    }
  }

  @Override
  public synchronized void forgetSpan(String traceId, String spanId) {
    open.remove(spanId);
  }

  @Override
  public synchronized void exportLog(LogData log) {
    logs.add(log);
  }

  @Override
  public synchronized void exportError(ErrorData error) {
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
}
