package io.onlooker.instrument;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private final List<String> events = new ArrayList<>();

  private void read(String body, int piece) {
    EventStream stream = new EventStream(events::add);
    byte[] bytes = body.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      stream.add(bytes, from, Math.min(piece, bytes.length - from));
    }
  }

  @Test
  void events_inPiecesOfAnySize() {
    for (int piece = 1; piece < 40; piece++) {
      events.clear();

      read(": hello\r\nevent: ping\r\ndata: {\"ü\":1}\r\n\r\ndata: a\ndata: b\n\n", piece);

      assertThat(events).containsExactly("{\"ü\":1}", "a\nb");
    }
  }

  @Test
  void event_withoutItsEnd() {
    read("data: whole\n\ndata: cut o", 7);

    assertThat(events).containsExactly("whole");
  }

  @Test
  void body_withoutEvents() {
    read("<html>\n\nbusy\n\n", 5);

    assertThat(events).isEmpty();
  }
}
