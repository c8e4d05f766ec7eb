package io.onlooker;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs code somewhere: within a span, or where another thread stood. */
final class Contexts {

  private Contexts() {}

  static <T extends @Nullable Object, X extends Throwable> T startSpan(
      Tracer tracer, SpanOptions options, Onlooker.SpanBody<T, X> body) throws X {
    Span span = tracer.start(options);
    try {
      return within(tracer, below(tracer, span), () -> body.run(span));
    } catch (Throwable e) {
      fail(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** A first span begins a piece of work of its own; spans below it share it. */
  private static Current below(Tracer tracer, Span span) {
    Current here = tracer.current();
    boolean first = here.span() == null && here.remote() == null;
    return first ? new Current(span, here.scope().fork(), null, here.trace()) : here.below(span);
  }

  private static void fail(Span span, Throwable e) {
    if (e instanceof CancellationException || e instanceof InterruptedException) {
      span.setStatus(SpanStatus.CANCELLED);
    } else {
      span.recordException(e);
    }
  }

  static <T extends @Nullable Object, X extends Throwable> T within(
      Tracer tracer, Current there, Onlooker.Body<T, X> body) throws X {
    Carrier.Attached attached = attach(tracer, there);
    try {
      return body.run();
    } finally {
      tracer.guard().run("context", attached::close);
    }
  }

  /** OpenTelemetry's storage may be anybody's; if it fails, the body still runs. */
  private static Carrier.Attached attach(Tracer tracer, Current there) {
    try {
      return tracer.attach(there);
    } catch (RuntimeException | LinkageError e) {
      tracer.guard().failed("context", e);
      return Carrier.Attached.NOT;
    }
  }

  static Runnable wrap(Tracer tracer, Runnable task) {
    Current here = tracer.current();
    return () ->
        Contexts.<Current, RuntimeException>within(
            tracer,
            here,
            () -> {
              task.run();
              return here;
            });
  }

  static <T extends @Nullable Object> Callable<T> wrap(Tracer tracer, Callable<T> task) {
    Current here = tracer.current();
    return () -> Contexts.<T, Exception>within(tracer, here, task::call);
  }

  static <T extends @Nullable Object> Supplier<T> wrap(Tracer tracer, Supplier<T> task) {
    Current here = tracer.current();
    return () -> Contexts.<T, RuntimeException>within(tracer, here, task::get);
  }
}
