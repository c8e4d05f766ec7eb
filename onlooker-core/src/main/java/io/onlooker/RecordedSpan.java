package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A span that is recorded: a log of {@linkplain Fact facts} that only grows, so that an event is
 * the span and the length of its log at that moment, and nothing is copied on the caller's thread.
 *
 * <p>The thread that started the span writes without a lock; facts from other threads go to the
 * {@link SideLog} and are put in their place when the log is read. Memory counts here: 88 bytes and
 * the log.
 */
final class RecordedSpan implements Span {

  private static final AtomicIntegerFieldUpdater<RecordedSpan> STATE =
      AtomicIntegerFieldUpdater.newUpdater(RecordedSpan.class, "state");
  private static final VarHandle FACTS = handle("facts", Object[].class);
  private static final VarHandle NUMBERS = handle("numbers", long[].class);

  /** Most spans have few numbers; tokens are four. */
  private static final int USUAL_NUMBERS = 4;

  private static final SpanType[] TYPES = SpanType.values();
  private static final int TYPE = 0xFF;
  static final int EVENT = 1 << 8;
  static final int HIDE_INPUT = 1 << 9;
  static final int HIDE_OUTPUT = 1 << 10;

  /** Its start found the queue full: no other news of it is sent. */
  private static final int LOST = 1 << 11;

  private static final int FIRST_CHUNK = 1 << 12;
  private static final int ENDED = 1 << 13;
  static final int ENDS_WHEN_IDLE = 1 << 14;

  private final Tracer tracer;
  private final @Nullable RecordedSpan parent;
  private final long traceHigh;
  private final long traceLow;
  private final long id;
  private final long startNanos;
  private final String name;
  private final @Nullable String op;
  private final Thread owner = Thread.currentThread();
  private Object[] facts;
  private int length;
  private long @Nullable [] numbers;
  private int numberCount;
  private volatile int state;
  private volatile @Nullable SideLog side;

  @SuppressWarnings("EnumOrdinal") // within this object's life only, and a field less
  RecordedSpan(
      Tracer tracer,
      @Nullable RecordedSpan parent,
      long traceHigh,
      long traceLow,
      SpanOptions options,
      int flags) {
    this.tracer = tracer;
    this.parent = parent;
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    id = Ids.random();
    name = options.name();
    op = options.op();
    facts = options.facts().copy();
    length = options.facts().length();
    state = options.type().ordinal() | flags;
    Instant start = options.start();
    startNanos = start == null ? tracer.now() : EpochClock.nanosOf(start);
  }

  @Override
  public String traceId() {
    return Ids.text(traceHigh, traceLow);
  }

  @Override
  public String spanId() {
    return Ids.text(id);
  }

  @Override
  public SpanType type() {
    return TYPES[state & TYPE];
  }

  @Override
  public boolean recording() {
    return !is(ENDED);
  }

  @Override
  public Span setAttribute(String attribute, @Nullable Object value) {
    return add(attribute, value);
  }

  @Override
  public Span setAttribute(String attribute, long value) {
    return addNumber(attribute, Plain.LONG, value);
  }

  @Override
  public Span setAttribute(String attribute, double value) {
    return addNumber(attribute, Plain.DOUBLE, Double.doubleToRawLongBits(value));
  }

  @Override
  public Span setAttributes(Map<String, ?> attributes) {
    tracer.guard().run("setAttributes", () -> attributes.forEach(this::add));
    return this;
  }

  @Override
  public Span setName(String newName) {
    return add(Fact.NAME, newName);
  }

  @Override
  public Span setStatus(SpanStatus status) {
    return add(Fact.STATUS, status);
  }

  @Override
  public Span input(@Nullable Object input) {
    return add(Fact.INPUT, input);
  }

  @Override
  public Span output(@Nullable Object output) {
    return add(Fact.OUTPUT, output);
  }

  @Override
  public Span metadata(String key, @Nullable Object value) {
    return key == null || value == null ? this : addMetadata(Map.of(key, value));
  }

  @Override
  public Span recordException(Throwable exception) {
    return add(Fact.EXCEPTION, exception);
  }

  @Override
  public Span error(ErrorInfo error) {
    return add(Fact.ERROR, error);
  }

  @Override
  public Span firstChunk() {
    if (mark(FIRST_CHUNK)) {
      add(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, (tracer.now() - startNanos) / 1e9);
    }
    return this;
  }

  @Override
  public Span event(String eventName, Map<String, ?> attributes) {
    if (recording()) {
      tracer.guard().run("event", () -> startChild(eventOptions(eventName, attributes)));
    }
    return this;
  }

  private static SpanOptions eventOptions(String eventName, Map<String, ?> attributes) {
    return SpanOptions.named(eventName).attributes(attributes).asEvent();
  }

  @Override
  public Span startChild(SpanOptions options) {
    if (options == null) {
      tracer.guard().warn("startChild: null (expected: options); not recorded");
      return NoopSpan.NONE;
    }
    return tracer.start(options, this);
  }

  @Override
  public void update() {
    if (!is(ENDED | LOST)) {
      tracer.dispatcher().updated(this, length);
    }
  }

  @Override
  public void end() {
    end(tracer.now());
  }

  @Override
  public void end(Instant time) {
    end(time == null ? tracer.now() : EpochClock.nanosOf(time));
  }

  private void end(long time) {
    if (!mark(ENDED)) {
      return;
    }
    if (is(ENDS_WHEN_IDLE)) {
      tracer.dispatcher().idleSpans().remove(this);
    }
    if (!is(LOST) && !tracer.dispatcher().ended(this, length, time)) {
      sideLog().endAt(time, length);
      tracer.dispatcher().missedEnd();
    }
  }

  /** Ends a span that the application left open; false when it has ended meanwhile. */
  boolean abandon() {
    return mark(ENDED);
  }

  /** Announces the span; when the queue is full, the span is dropped as a whole. */
  void announce() {
    boolean queued;
    if (is(EVENT)) {
      mark(ENDED);
      queued = tracer.dispatcher().ended(this, length, startNanos);
    } else {
      queued = tracer.dispatcher().started(this, length, startNanos);
    }
    if (!queued) {
      mark(LOST);
      tracer.metrics().countDropped(Drop.QUEUE_FULL, 1);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself, whatever its equals says
  RecordedSpan add(Object key, @Nullable Object value) {
    if (key == null || value == null || is(ENDED)) {
      return this;
    }
    if (Thread.currentThread() != owner) {
      sideLog().add(length, key, value);
      return this;
    }
    int at = length;
    if (at == facts.length) {
      // Released, so that the other thread that reads an older length finds the copy filled.
      FACTS.setRelease(this, Arrays.copyOf(facts, at * 2));
    }
    facts[at] = key;
    facts[at + 1] = value;
    length = at + 2;
    return this;
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself, whatever its equals says
  private RecordedSpan addNumber(String key, Plain kind, long bits) {
    if (key == null || is(ENDED) || Thread.currentThread() != owner) {
      return add(key, kind.value(bits));
    }
    long[] array = numbers;
    if (array == null || numberCount == array.length) {
      array = array == null ? new long[USUAL_NUMBERS] : Arrays.copyOf(array, numberCount * 2);
      NUMBERS.setRelease(this, array);
    }
    array[numberCount++] = bits;
    return add(key, kind);
  }

  /** Adds to what the span and its later children have. */
  RecordedSpan addMetadata(Map<String, Object> more) {
    if (more.isEmpty() || is(ENDED)) {
      return this;
    }
    synchronized (this) {
      Map<String, Object> all = new LinkedHashMap<>(metadata());
      all.putAll(more);
      Map<String, Object> seen = Collections.unmodifiableMap(all);
      sideLog().metadata(seen);
      return add(Fact.METADATA, seen);
    }
  }

  Map<String, Object> metadata() {
    SideLog log = side;
    return log == null ? Map.of() : log.metadata();
  }

  private synchronized SideLog sideLog() {
    SideLog log = side;
    if (log == null) {
      log = new SideLog();
      side = log;
    }
    return log;
  }

  private boolean is(int flag) {
    return (state & flag) != 0;
  }

  /** Sets the flag; false when it was set already. */
  private boolean mark(int flag) {
    int before;
    do {
      before = state;
      if ((before & flag) != 0) {
        return false;
      }
    } while (!STATE.compareAndSet(this, before, before | flag));
    return true;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(RecordedSpan.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("RecordedSpan." + field + ": " + e.getMessage(), e);
    }
  }

  // What the dispatcher's thread reads.

  Object[] facts() {
    return (Object[]) FACTS.getAcquire(this);
  }

  /** The number beside the {@code index}-th entry of kind {@link Plain}; null if not seen yet. */
  @Nullable Long number(int index) {
    long[] array = (long[]) NUMBERS.getAcquire(this);
    return array == null || index >= array.length ? null : array[index];
  }

  int length() {
    return length;
  }

  @Nullable SideLog side() {
    return side;
  }

  @Nullable RecordedSpan parent() {
    return parent;
  }

  RecordedSpan root() {
    RecordedSpan span = this;
    while (span.parent != null) {
      span = requireNonNull(span.parent);
    }
    return span;
  }

  /** What this span, a root, continues from elsewhere. */
  @Nullable Remote remote() {
    return (Remote) fact(Fact.REMOTE);
  }

  /** The first value under a key among what the owner said; may miss what is being said now. */
  @Nullable Object fact(Object key) {
    Object[] pairs = facts();
    for (int i = 0; i < pairs.length && pairs[i] != null; i += 2) {
      if (pairs[i].equals(key)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  long startNanos() {
    return startNanos;
  }

  String name() {
    return name;
  }

  @Nullable String op() {
    return op;
  }

  boolean event() {
    return is(EVENT);
  }

  boolean hidesInput() {
    return is(HIDE_INPUT);
  }

  boolean hidesOutput() {
    return is(HIDE_OUTPUT);
  }

  /** The flags that spans below this one have too. */
  int inheritedFlags() {
    return state & (HIDE_INPUT | HIDE_OUTPUT);
  }

  @Override
  public String toString() {
    return "Span{" + name + ", " + traceId() + "-" + spanId() + "}";
  }
}
