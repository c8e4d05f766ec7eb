package io.onlooker;

import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the current span of {@link Onlooker#current()} over
 * Reactor's and Spring's threads. Found by its service loader; nobody else needs it.
 */
public final class OnlookerThreadLocalAccessor implements ThreadLocalAccessor<Object> {

  /** The name under which a Reactor context holds the span. */
  public static final String KEY = "io.onlooker";

  private final ThreadLocal<Deque<Carrier.Attached>> attached =
      ThreadLocal.withInitial(ArrayDeque::new);

  @Override
  public Object key() {
    return KEY;
  }

  @Override
  public @Nullable Object getValue() {
    return Onlooker.current().carrier().current();
  }

  @Override
  public void setValue(Object value) {
    if (value instanceof Current current) {
      attached.get().push(Onlooker.current().carrier().attach(current));
    }
  }

  /** The thread has no span in the snapshot: what was set before must not be seen. */
  @Override
  public void setValue() {
    Current nowhere = new Current(null, new Scope(), null, null);
    attached.get().push(Onlooker.current().carrier().attach(nowhere));
  }

  @Override
  public void restore(Object previous) {
    restore();
  }

  @Override
  public void restore() {
    Deque<Carrier.Attached> opened = attached.get();
    if (!opened.isEmpty()) {
      opened.pop().close();
    }
    if (opened.isEmpty()) {
      attached.remove();
    }
  }
}
