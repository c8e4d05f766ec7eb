package io.onlooker;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what an exporter did. Safe for many threads.
 *
 * <p>{@code sent} rising means all is well. {@code dropped(QUEUE_FULL)} rising means more is
 * recorded than the receiver takes; {@code UNREACHABLE} that the address or the network is wrong;
 * {@code REFUSED} that the key or the project is.
 */
public final class ExportMetrics {

  private final LongAdder sent = new LongAdder();
  private final Map<Drop, LongAdder> dropped = new EnumMap<>(Drop.class);

  /** All counts at zero. */
  public ExportMetrics() {
    for (Drop reason : Drop.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

  /** Items the receiver took. */
  public long sent() {
    return sent.sum();
  }

  /** Items not sent for this reason. */
  public long dropped(Drop reason) {
    return counter(reason).sum();
  }

  /** Items not sent, whatever the reason. */
  public long dropped() {
    return dropped.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Adds to {@link #sent()}. */
  public void countSent(long items) {
    sent.add(items);
  }

  /** Adds to {@link #dropped(Drop)}. */
  public void countDropped(Drop reason, long items) {
    counter(reason).add(items);
  }

  private LongAdder counter(Drop reason) {
    return java.util.Objects.requireNonNull(dropped.get(reason));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("sent ").append(sent());
    dropped.forEach((reason, count) -> {
      if (count.sum() > 0) {
        text.append(", dropped ").append(reason).append(' ').append(count.sum());
      }
    });
    return text.toString();
  }
}
