package io.onlooker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts spans: finds the parent, asks the sampler, and says what the span has from the start. */
final class Tracer {

  private final Settings settings;
  private final Guard guard;
  private final ExportMetrics metrics;
  private final EpochClock clock = new EpochClock();
  private final Carrier carrier;
  private final Dispatcher dispatcher;

  /** Where a thread stands that was moved nowhere: what it says outside of any span. */
  @SuppressWarnings("ThreadLocalUsage") // one Onlooker knows nothing of another
  private final ThreadLocal<Current> threadsOwn = new ThreadLocal<>();

  Tracer(Settings settings, Guard guard, ExportMetrics metrics) {
    this.settings = settings;
    this.guard = guard;
    this.metrics = metrics;
    carrier = settings.carrier();
    dispatcher = new Dispatcher(settings, clock, guard, metrics);
  }

  Span start(SpanOptions options) {
    Current current = carrier.current();
    Span parent = options.parent();
    if (parent == null && current != null) {
      parent = current.span();
    }
    return start(options, parent, current);
  }

  Span start(SpanOptions options, Span parent) {
    return start(options, parent, carrier.current());
  }

  private Span start(SpanOptions options, @Nullable Span parent, @Nullable Current current) {
    if (dispatcher.closed()) {
      metrics.countDropped(Drop.CLOSED, 1);
      return NoopSpan.NONE;
    }
    if (parent instanceof NoopSpan noop && noop.sampled() != null) {
      metrics.countDropped(Drop.UNSAMPLED, 1);
      return noop;
    }
    Span span =
        parent instanceof RecordedSpan above ? child(options, above) : root(options, current);
    return span instanceof RecordedSpan recorded ? begin(recorded, options, current) : span;
  }

  private RecordedSpan child(SpanOptions options, RecordedSpan above) {
    int flags = above.inheritedFlags() | flags(options);
    return new RecordedSpan(this, above, above.traceHigh(), above.traceLow(), options, flags)
        .addMetadata(above.metadata());
  }

  /** The first span of the trace here. */
  private Span root(SpanOptions options, @Nullable Current current) {
    TraceOptions trace = traceOptions(options, current);
    Remote remote = remote(trace, current);
    long high = remote == null ? Ids.random() : remote.traceHigh();
    long low = remote == null ? Ids.random() : remote.traceLow();
    if (!sampled(options, remote, low)) {
      metrics.countDropped(Drop.UNSAMPLED, 1);
      return new NoopSpan(Ids.text(high, low), Ids.text(Ids.random()), false, remote);
    }
    RecordedSpan span = new RecordedSpan(this, null, high, low, options, flags(options, trace));
    span.add(Fact.REMOTE, remote);
    span.add(Fact.NAME, trace.rootName());
    span.add(Fact.TAGS, trace.tags().isEmpty() ? null : trace.tags());
    return span.addMetadata(trace.metadata());
  }

  private static int flags(SpanOptions options, TraceOptions trace) {
    return flags(options)
        | (trace.hidesInput() ? RecordedSpan.HIDE_INPUT : 0)
        | (trace.hidesOutput() ? RecordedSpan.HIDE_OUTPUT : 0);
  }

  private static int flags(SpanOptions options) {
    return (options.event() ? RecordedSpan.EVENT : 0)
        | (options.whenIdle() == null ? 0 : RecordedSpan.ENDS_WHEN_IDLE);
  }

  private RecordedSpan begin(RecordedSpan span, SpanOptions options, @Nullable Current current) {
    span.addMetadata(options.metadata());
    Current place = current == null ? threadsOwn.get() : current;
    if (place != null) {
      Scope scope = place.scope();
      if (!scope.user().isEmpty()) {
        scope.user().forEach(span::add);
      }
      if (scope.conversationId() != null && Lineage.aboutModels(span.type(), span.op())) {
        span.add(GenAi.CONVERSATION_ID, scope.conversationId());
      }
    }
    Runnable whenIdle = options.whenIdle();
    if (whenIdle != null) {
      dispatcher.idleSpans().watch(span, whenIdle, now());
    }
    span.announce();
    return span;
  }

  private static TraceOptions traceOptions(SpanOptions options, @Nullable Current current) {
    TraceOptions trace = options.trace();
    if (trace == null && current != null) {
      trace = current.trace();
    }
    return trace == null ? TraceOptions.NONE : trace;
  }

  /** What the caller said, else what was continued, else the span of another tracer. */
  private @Nullable Remote remote(TraceOptions trace, @Nullable Current current) {
    Remote remote = current == null ? null : current.remote();
    if (remote == null) {
      remote = carrier.foreign();
    }
    String traceId = id("traceId", trace.traceId(), 32);
    String parentId = id("parentSpanId", trace.parentSpanId(), 16);
    if (traceId == null && parentId == null) {
      return remote;
    }
    if (traceId == null) {
      traceId = remote == null ? Ids.eventId() : remote.traceId();
    }
    return Remote.of(traceId, parentId);
  }

  private @Nullable String id(String what, @Nullable String text, int digits) {
    if (text == null) {
      return null;
    }
    String id = Ids.padded(text, digits);
    if (id == null) {
      guard.warn(what + ": " + text + " (expected: 1 to " + digits + " hex digits); ignored");
      return null;
    }
    return id.toLowerCase(java.util.Locale.ROOT);
  }

  private boolean sampled(SpanOptions options, @Nullable Remote remote, long traceLow) {
    if (remote != null && remote.sampled() != null) {
      return remote.sampled();
    }
    Double given = remote == null ? null : remote.fraction();
    double fraction = given == null ? Ids.fraction(traceLow) : given;
    try {
      return settings.sampler().sample(options, fraction);
    } catch (RuntimeException e) {
      guard.failed("sampler", e);
      return true;
    }
  }

  /** Where the thread stands; its own place when it was moved nowhere. */
  Current current() {
    Current current = carrier.current();
    if (current == null) {
      current = threadsOwn.get();
    }
    if (current == null) {
      current = new Current(null, new Scope(), null, null);
      threadsOwn.set(current);
    }
    return current;
  }

  /** Moves the thread there until the result is closed; nothing is done when it is there. */
  @SuppressWarnings("ReferenceEquality") // a place like this one is another place
  Carrier.Attached attach(Current there) {
    Current current = carrier.current();
    boolean here = there == (current == null ? threadsOwn.get() : current);
    return here ? Carrier.Attached.NOT : carrier.attach(there);
  }

  /** What the thread says about its work outside of any span, or what its work shares. */
  Scope scope() {
    return current().scope();
  }

  /** The headers that let another process go on with the trace; empty outside of any. */
  Map<String, String> headers() {
    Current current = carrier.current();
    return current == null ? Map.of() : TraceHeaders.write(current, settings);
  }

  long now() {
    return clock.nanos();
  }

  Carrier carrier() {
    return carrier;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  Guard guard() {
    return guard;
  }

  ExportMetrics metrics() {
    return metrics;
  }

  List<SpanEvent> breadcrumbs() {
    return scope().breadcrumbs();
  }
}
