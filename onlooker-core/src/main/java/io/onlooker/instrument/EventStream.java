package io.onlooker.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads server-sent events out of the bytes of a body, in whatever pieces they come; what is no
 * event is passed over. One thread at a time.
 */
public final class EventStream {

  /** What is longer is passed over. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Consumer<String> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();

  /**
   * @param events gets the data of each event
   */
  public EventStream(Consumer<String> events) {
    this.events = events;
  }

  /** The next bytes. */
  public void add(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n') {
        line(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (bytes[i] != '\r' && line.size() < LONGEST_LINE) {
        line.write(bytes[i]);
      }
    }
  }

  private void line(String text) {
    if (text.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(text.substring(5).strip());
    } else if (text.isEmpty() && !data.isEmpty()) {
      String event = data.toString();
      data.setLength(0);
      events.accept(event);
    }
  }
}
