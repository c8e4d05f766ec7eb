package io.onlooker.export;

import java.util.function.BiFunction;

/**
 * Small items that travel together: sent when there are enough, or when the first is old enough.
 */
final class Batch implements Waiting {

  private final Category category;
  private final int maxItems;
  private final int maxBytes;
  private final long lingerNanos;
  private final BiFunction<JsonWriter, Integer, byte[]> frame;
  private final Sender sender;

  private JsonWriter items = new JsonWriter();
  private int count;
  private boolean lines;
  private long firstNanos;

  private Batch(
      Sender sender, Category category, Size size, BiFunction<JsonWriter, Integer, byte[]> frame) {
    this.sender = sender;
    this.category = category;
    this.maxItems = size.items;
    this.maxBytes = size.bytes;
    this.lingerNanos = size.lingerNanos;
    this.frame = frame;
  }

  /**
   * A batch whose sender looks after it.
   *
   * @param frame makes a request's body of the items, with commas between them, and their number
   */
  static Batch open(
      Sender sender, Category category, Size size, BiFunction<JsonWriter, Integer, byte[]> frame) {
    Batch batch = new Batch(sender, category, size, frame);
    sender.lookAfter(batch);
    return batch;
  }

  /** A batch whose items are lines, each with its line break. */
  static Batch ofLines(Sender sender, Category category, Size size) {
    return open(sender, category, size, (items, count) -> items.toBytes()).breaking();
  }

  private Batch breaking() {
    lines = true;
    return this;
  }

  synchronized void add(JsonWriter item) {
    if (count > 0 && items.length() + item.length() > maxBytes) {
      push();
    }
    items.values(item);
    if (lines) {
      items.newLine();
    }
    if (count++ == 0) {
      // The sender sleeps until something is due; from now on something is.
      firstNanos = System.nanoTime();
      sender.wake();
    }
    if (count >= maxItems || items.length() >= maxBytes) {
      push();
    }
  }

  @Override
  public synchronized void push() {
    if (count > 0) {
      sender.offer(Payload.of(category, count, frame.apply(items, count)));
      items = new JsonWriter();
      count = 0;
    }
  }

  @Override
  public synchronized long pushDue() {
    if (count == 0) {
      return Long.MAX_VALUE;
    }
    long left = lingerNanos - (System.nanoTime() - firstNanos);
    if (left > 0) {
      return left;
    }
    push();
    return Long.MAX_VALUE;
  }

  /** When a batch is large enough, or old enough. */
  record Size(int items, int bytes, long lingerNanos) {}
}
