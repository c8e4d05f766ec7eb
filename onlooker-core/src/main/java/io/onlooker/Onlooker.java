package io.onlooker;

import static java.util.Objects.requireNonNull;

import io.onlooker.instrument.Presence;
import io.onlooker.session.Session;
import io.onlooker.session.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door: records what an application and its agents do, and sends it.
 *
 * <p>Safe for many threads. After {@link #init} the application never fails, waits or changes its
 * course because of it: what cannot be sent is dropped and counted in {@link #metrics}. Exceptions
 * of the application's own code pass through unchanged.
 *
 * <pre>{@code
 * Onlooker onlooker = Onlooker.init(options -> options.dsn(dsn).environment("production"));
 * String answer = onlooker.startSpan(SpanOptions.agentRun("support"), span -> agent.ask(question));
 * }</pre>
 */
public final class Onlooker implements AutoCloseable {

  private static final Onlooker DISABLED = new Onlooker(Engine.disabled());
  private static volatile Onlooker current = DISABLED;

  private final Engine engine;
  private final Tracer tracer;
  private final Logger logger;

  private Onlooker(Engine engine) {
    this.engine = engine;
    tracer = engine.tracer();
    logger = new Logger(tracer);
  }

  /**
   * Opens an Onlooker and makes it the {@linkplain #current() current} one of the process; the one
   * before it is closed. Without an exporter and a DSN it warns once and records nothing.
   *
   * @throws IllegalArgumentException for an option that cannot be; it names the option, its value
   *     and what was expected
   */
  public static Onlooker init(Consumer<OnlookerOptions> configure) {
    Onlooker opened = create(configure);
    Onlooker before = current;
    current = opened;
    if (before != DISABLED) {
      before.close();
    }
    return opened;
  }

  /** Opens an Onlooker with what the environment says: {@code SENTRY_DSN} and its fellows. */
  public static Onlooker init() {
    return init(options -> {});
  }

  /**
   * Opens an Onlooker that is nobody's current one, for tests and for applications with several.
   */
  public static Onlooker create(Consumer<OnlookerOptions> configure) {
    OnlookerOptions options = new OnlookerOptions();
    configure.accept(options);
    Onlooker opened = new Onlooker(Engine.open(options.settings()));
    for (Integration integration : opened.engine.settings().integrations()) {
      opened.guarded(integration.getClass().getName(), () -> integration.opened(opened));
    }
    return opened;
  }

  /** The one that was opened last by {@link #init}; one that records nothing before. */
  public static Onlooker current() {
    return current;
  }

  /** Whether spans are recorded: there is somewhere to send them, and it is not closed. */
  public boolean enabled() {
    return !tracer.dispatcher().closed();
  }

  /** Whether instrumented libraries record prompts and answers unless told otherwise. */
  public boolean sendDefaultPii() {
    return engine.settings().sendDefaultPii();
  }

  /** The integration of this type among those it was opened with; null without one. */
  public <T extends Integration> @Nullable T integration(Class<T> type) {
    for (Integration integration : engine.settings().integrations()) {
      if (type.isInstance(integration)) {
        return type.cast(integration);
      }
    }
    return null;
  }

  /** What it sends through, each with counts of its own; empty when there is nowhere to send. */
  public List<Exporter> exporters() {
    return engine.settings().exporters();
  }

  /** What was dropped before it reached an exporter, and why. */
  public ExportMetrics metrics() {
    return engine.metrics();
  }

  /**
   * Why the last try to send, or to ask for the rules of {@link OnlookerOptions#pii}, went wrong,
   * for a person; null when it went well or is not known.
   */
  public @Nullable String lastFailure() {
    return engine.lastFailure();
  }

  /** From now on redacts personal data, as if {@link OnlookerOptions#pii} had been set. */
  public void redactPii() {
    engine.redactPii();
  }

  // Sessions

  /**
   * Opens a session, one run of an agent, that whoever opens it must close; what runs in it is said
   * by {@link Session#run}.
   */
  public Session session(SessionOptions options) {
    return Session.open(this, requireNonNull(options, "options"));
  }

  /**
   * Runs the body in a new session. It ends by itself; an exception marks it failed and is rethrown
   * unchanged; one that says that the work was cancelled marks it cancelled.
   */
  public <T extends @Nullable Object, X extends Throwable> T session(
      SessionOptions options, Session.SessionBody<T, X> body) throws X {
    return Session.open(this, requireNonNull(options, "options"), body);
  }

  // Spans

  /**
   * Runs the body within a new span, which is the thread's current one meanwhile. The span ends by
   * itself; an exception marks it failed and is rethrown unchanged; one that says that the work was
   * cancelled marks it cancelled.
   */
  public <T extends @Nullable Object, X extends Throwable> T startSpan(
      SpanOptions options, SpanBody<T, X> body) throws X {
    requireNonNull(options, "options");
    return Contexts.startSpan(tracer, options, requireNonNull(body, "body"));
  }

  /** As {@link #startSpan(SpanOptions, SpanBody)}, for a span that has no more than a name. */
  public <T extends @Nullable Object, X extends Throwable> T startSpan(
      String name, SpanBody<T, X> body) throws X {
    return startSpan(SpanOptions.named(name), body);
  }

  /** As {@link #startSpan}, for a body that has no result. */
  public <X extends Throwable> void runSpan(SpanOptions options, SpanTask<X> body) throws X {
    requireNonNull(body, "body");
    this.<Span, X>startSpan(
        options,
        span -> {
          body.run(span);
          return span;
        });
  }

  /** Starts a span that whoever starts it must end; it is not the thread's current one. */
  public Span startInactiveSpan(SpanOptions options) {
    return tracer.start(requireNonNull(options, "options"));
  }

  /** As {@link #startInactiveSpan(SpanOptions)}, for a span that has no more than a name. */
  public Span startInactiveSpan(String name) {
    return startInactiveSpan(SpanOptions.named(name));
  }

  /** Records something that happens at this moment, within the thread's current span. */
  public void event(String name, Map<String, ?> attributes) {
    requireNonNull(name, "name");
    tracer
        .guard()
        .run("event", () -> tracer.start(SpanOptions.named(name).attributes(attributes).asEvent()));
  }

  /** The thread's current span, or one that records nothing. */
  public Span currentSpan() {
    Span span = tracer.current().span();
    return span == null ? NoopSpan.NONE : span;
  }

  /** Runs the body with a span that was started elsewhere as the thread's current one. */
  public <T extends @Nullable Object, X extends Throwable> T withSpan(
      Span span, SpanBody<T, X> body) throws X {
    requireNonNull(span, "span");
    return Contexts.within(tracer, tracer.current().below(span), () -> body.run(span));
  }

  /**
   * Makes the span the thread's current one until the result is closed; for the instrumentation of
   * frameworks that say in separate callbacks when a thread comes and goes. Results may be closed
   * in any order, each on the thread that got it. What calls the code itself uses {@link
   * #withSpan}.
   */
  public Presence enter(Span span) {
    return tracer.carrier().enter(requireNonNull(span, "span"));
  }

  // Traces

  /**
   * Runs the body; the first span started in it carries the options.
   *
   * <p>For code that starts spans of its own, an instrumented agent say: {@code
   * onlooker.withTrace(TraceOptions.NONE.tags("beta"), () -> agent.ask(question))}.
   */
  public <T extends @Nullable Object, X extends Throwable> T withTrace(
      TraceOptions options, Body<T, X> body) throws X {
    Current here = tracer.current();
    Current there = new Current(here.span(), here.scope(), here.remote(), options);
    return Contexts.within(tracer, there, body);
  }

  /**
   * Runs the body in a trace that began elsewhere: its first span is below the span that sent the
   * headers, and the decision whether to record made there is kept. User, conversation and
   * breadcrumbs start empty.
   *
   * @param headers {@code sentry-trace} with {@code baggage}, or {@code traceparent}; names in any
   *     case, values as text or lists of text; others are ignored. Headers that cannot be read
   *     start a new trace.
   */
  public <T extends @Nullable Object, X extends Throwable> T continueTrace(
      Map<String, ?> headers, Body<T, X> body) throws X {
    Current there = new Current(null, new Scope(), engine.remote(headers), null);
    return Contexts.within(tracer, there, body);
  }

  /**
   * The headers to give to another process: {@code sentry-trace}, {@code baggage}, {@code
   * traceparent}. Empty when the thread is in no trace.
   */
  public Map<String, String> traceData() {
    return tracer.headers();
  }

  // What work is about

  /** Runs the body so that what it says about user, conversation and breadcrumbs stays within. */
  public <T extends @Nullable Object, X extends Throwable> T isolate(Body<T, X> body) throws X {
    Current here = tracer.current();
    Current there = new Current(here.span(), here.scope().fork(), here.remote(), here.trace());
    return Contexts.within(tracer, there, body);
  }

  /**
   * Says whom this work is for; null takes it back.
   *
   * <p>Holds for the current span, and for what is recorded later within the same piece of work: a
   * first span and all below it, a {@link #continueTrace} or an {@link #isolate}; outside of them
   * for the thread.
   */
  public void setUser(@Nullable String id) {
    setUser(Attributes.builder().put(GenAi.USER_ID, id).build());
  }

  /**
   * As {@link #setUser(String)} with more: {@code user.id}, {@code user.email}, {@code user.name}.
   */
  public void setUser(Attributes user) {
    tracer.scope().user(requireNonNull(user, "user"));
    Span span = currentSpan();
    user.forEach(span::setAttribute);
  }

  /** Says which conversation this work belongs to, as {@link #setUser} does; null takes it back. */
  public void setConversationId(@Nullable String id) {
    tracer.scope().conversationId(id);
    Span span = currentSpan();
    if (span instanceof RecordedSpan recorded
        && Lineage.aboutModels(recorded.type(), recorded.op())) {
      span.setAttribute(GenAi.CONVERSATION_ID, id);
    }
  }

  /**
   * Remembers a step, to be told with the next error; the last hundred are kept.
   *
   * @param data more of it; {@code category}, {@code level} and {@code type} are Sentry's fields
   */
  public void addBreadcrumb(String message, Map<String, ?> data) {
    requireNonNull(message, "message");
    engine.breadcrumb(message, data);
  }

  // Errors and logs

  /**
   * Records an exception that the application handled.
   *
   * @param exception null is counted as {@link Drop#INVALID}
   * @return the error's id, 32 lowercase hex digits
   */
  public String captureException(Throwable exception) {
    return engine.capture(LogData.Level.ERROR, null, exception);
  }

  /** Records a message as an error event; returns its id. */
  public String captureMessage(String message, LogData.Level level) {
    return engine.capture(requireNonNull(level, "level"), message, null);
  }

  /** Writes log lines. */
  public Logger logger() {
    return logger;
  }

  /**
   * Runs an instrumentation's own work, which must not fail the application: what goes wrong in it
   * is logged, the first of its kind loudly, and not thrown.
   *
   * @param kind what it is, in words that do not vary: {@code end of a model call}
   * @return whether it ended without a failure
   */
  public boolean guarded(String kind, Runnable work) {
    return tracer.guard().run(kind, work);
  }

  // Threads

  /** The task, run where this thread stands now: with its current span, on whatever thread. */
  public Runnable wrap(Runnable task) {
    return Contexts.wrap(tracer, requireNonNull(task, "task"));
  }

  /** As {@link #wrap(Runnable)}, for a task with a result. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return Contexts.wrap(tracer, requireNonNull(task, "task"));
  }

  /** As {@link #wrap(Runnable)}, for a task with a result. */
  public <T extends @Nullable Object> Supplier<T> wrap(Supplier<T> task) {
    return Contexts.wrap(tracer, requireNonNull(task, "task"));
  }

  /** An executor whose tasks run where the thread stood that gave them. */
  public Executor wrap(Executor executor) {
    requireNonNull(executor, "executor");
    return task -> executor.execute(wrap(task));
  }

  /** As {@link #wrap(Executor)}; shutting it down shuts the given one down. */
  public ExecutorService wrap(ExecutorService executor) {
    return new ContextExecutor(this, requireNonNull(executor, "executor"));
  }

  // Life

  /** Sends what waits, within two seconds. */
  public boolean flush() {
    return flush(Exporter.DEFAULT_TIMEOUT);
  }

  /**
   * Sends what was recorded so far, and goes on.
   *
   * @return whether everything was sent within the time
   */
  public boolean flush(Duration timeout) {
    return engine.flush(timeout);
  }

  /** Closes within two seconds. */
  @Override
  public void close() {
    shutdown(Exporter.DEFAULT_TIMEOUT);
  }

  /**
   * Ends the open spans, sends what waits, and closes; later calls record nothing. Closing twice is
   * harmless.
   *
   * @return whether everything was sent within the time
   */
  public boolean shutdown(Duration timeout) {
    if (current == this) {
      current = DISABLED;
    }
    return engine.close(timeout);
  }

  /** Where the thread stands; for {@link OnlookerThreadLocalAccessor}. */
  Carrier carrier() {
    return tracer.carrier();
  }

  /** What runs within a span. */
  @FunctionalInterface
  public interface SpanBody<T extends @Nullable Object, X extends Throwable> {
    /** Does the work; what it throws passes through unchanged. */
    T run(Span span) throws X;
  }

  /** What runs within a span and has no result. */
  @FunctionalInterface
  public interface SpanTask<X extends Throwable> {
    /** Does the work; what it throws passes through unchanged. */
    void run(Span span) throws X;
  }

  /** What runs. */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object, X extends Throwable> {
    /** Does the work; what it throws passes through unchanged. */
    T run() throws X;
  }
}
