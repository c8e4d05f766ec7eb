package io.onlooker;

import io.onlooker.instrument.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Also knows of the spans that a framework tells a thread to be in. The framework says in callbacks
 * of their own when the thread comes and goes, perhaps in no proper order: so nothing is attached
 * that would have to be restored, and what was told holds only where the thread still stands as it
 * did when it was told.
 */
final class ToldCarrier implements Carrier {

  private final Carrier carrier;

  @SuppressWarnings("ThreadLocalUsage") // one Onlooker knows nothing of another
  private final ThreadLocal<Deque<Told>> told = new ThreadLocal<>();

  /** So that nobody pays who has no such framework. */
  private volatile boolean used;

  ToldCarrier(Carrier carrier) {
    this.carrier = carrier;
  }

  /** Puts the thread into the span until the result is closed, in whatever order. */
  Presence enter(Span span) {
    used = true;
    Told entry = new Told(span, carrier.current());
    Deque<Told> entries = told.get();
    if (entries == null) {
      entries = new ArrayDeque<>();
      told.set(entries);
    }
    entries.push(entry);
    return () -> leave(entry);
  }

  private void leave(Told entry) {
    Deque<Told> entries = told.get();
    if (entries != null && entries.remove(entry) && entries.isEmpty()) {
      told.remove();
    }
  }

  @Override
  public @Nullable Current current() {
    Current attached = carrier.current();
    return used ? latest(attached) : attached;
  }

  @SuppressWarnings("ReferenceEquality") // whether something was attached since
  private @Nullable Current latest(@Nullable Current attached) {
    Deque<Told> entries = told.get();
    if (entries == null) {
      return attached;
    }
    for (Told entry : entries) {
      if (entry.attached == attached) {
        return attached == null
            ? new Current(entry.span, new Scope(), null, null)
            : attached.below(entry.span);
      }
    }
    return attached;
  }

  @Override
  public Attached attach(Current current) {
    return carrier.attach(current);
  }

  @Override
  public @Nullable Remote foreign() {
    return carrier.foreign();
  }

  /** Compared by identity: a thread may be in a span twice. */
  private static final class Told {

    private final Span span;
    private final @Nullable Current attached;

    Told(Span span, @Nullable Current attached) {
      this.span = span;
      this.attached = attached;
    }
  }
}
