package io.onlooker;

import org.jspecify.annotations.Nullable;

/** Keeps it in the thread. */
final class ThreadCarrier implements Carrier {

  // Not inherited by new threads: in a pool the inherited value would be of long ago.
  @SuppressWarnings("ThreadLocalUsage") // one Onlooker knows nothing of another
  private final ThreadLocal<Current> local = new ThreadLocal<>();

  @Override
  public @Nullable Current current() {
    return local.get();
  }

  @Override
  public Attached attach(Current current) {
    Current before = local.get();
    local.set(current);
    return () -> restore(before);
  }

  private void restore(@Nullable Current before) {
    if (before == null) {
      local.remove();
    } else {
      local.set(before);
    }
  }
}
