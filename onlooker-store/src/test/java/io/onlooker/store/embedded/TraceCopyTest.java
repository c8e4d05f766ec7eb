package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.store.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCopyTest {

  @TempDir Path folder;

  @Test
  void spans_ofManyBlocks() throws IOException {
    Random random = new Random(1);
    List<HotSpan> spans = new ArrayList<>();
    for (int trace = 1; trace <= 400; trace++) {
      for (int span = 0; span <= random.nextInt(20); span++) {
        spans.add(span(trace, trace * 100 + span, text(random)));
      }
    }
    TraceCopy copy = write(spans);

    assertThat(copy.blocks()).isGreaterThan(5);
    assertThat(copy.spans()).isEqualTo(spans.size());
    for (int trace = 1; trace <= 400; trace++) {
      TraceKey key = Ids.trace(1, Spans.trace(trace));
      List<HotSpan> expected = spans.stream().filter(span -> span.trace().equals(key)).toList();
      assertThat(copy.spans(Set.of(key))).containsExactlyInAnyOrderElementsOf(expected);
    }
    List<TraceKey> some = spans.stream().map(HotSpan::trace).distinct().limit(50).toList();
    assertThat(copy.spans(some))
        .containsExactlyInAnyOrderElementsOf(
            spans.stream().filter(span -> some.contains(span.trace())).toList());
    assertThat(copy.spans(Set.of(Ids.trace(1, Spans.trace(401))))).isEmpty();
    assertThat(copy.spans(Set.of(Ids.trace(2, Spans.trace(1))))).isEmpty();
  }

  @Test
  void spans_ofATraceInSeveralBlocks() throws IOException {
    Random random = new Random(2);
    List<HotSpan> spans = new ArrayList<>();
    for (int span = 1; span <= 2_000; span++) {
      spans.add(span(1, span, text(random)));
      spans.add(span(1 + span, 10_000 + span, ""));
    }
    Collections.shuffle(spans, random);
    TraceCopy copy = write(spans);

    TraceKey large = Ids.trace(1, Spans.trace(1));
    assertThat(copy.spans(Set.of(large)))
        .containsExactlyInAnyOrderElementsOf(
            spans.stream().filter(span -> span.trace().equals(large)).toList());
    for (HotSpan span : spans) {
      if (!span.trace().equals(large)) {
        assertThat(copy.spans(Set.of(span.trace()))).containsExactly(span);
      }
    }
  }

  @Test
  void spans_ofTracesWithEqualHashes() throws IOException {
    TraceKey one = new TraceKey(1, 5, 0);
    TraceKey two = new TraceKey(1, 5 ^ 0x9E3779B97F4A7C15L, 1);
    HotSpan ofOne = HotSpan.of(one, Spans.of(1, 1).traceId(one.id()).make());
    HotSpan ofTwo = HotSpan.of(two, Spans.of(1, 1).traceId(two.id()).make());
    TraceCopy copy = write(List.of(ofOne, ofTwo));

    assertThat(one.hash()).isEqualTo(two.hash());
    assertThat(copy.spans(Set.of(one))).containsExactly(ofOne);
    assertThat(copy.spans(Set.of(two))).containsExactly(ofTwo);
    assertThat(copy.spans(List.of(one, two))).containsExactlyInAnyOrder(ofOne, ofTwo);
  }

  @Test
  void open_notWhole() throws IOException {
    write(List.of(span(1, 1, "text")));
    Path file = folder.resolve("segments").resolve("00000001.copy");
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CopyFile.open(file)).isInstanceOf(RuntimeException.class);
    }
  }

  private TraceCopy write(List<HotSpan> spans) throws IOException {
    try (DataFolder data = DataFolder.open(folder)) {
      TraceCopyWriter.write(data, 1, KnownNames.of(spans), writer -> writer.addAll(spans));
      return CopyFile.open(data.copy(1)).parts().getFirst();
    }
  }

  private static HotSpan span(int trace, int span, String text) {
    return HotSpan.of(
        Ids.trace(1, Spans.trace(trace)), Spans.of(trace, span).with("text", text).make());
  }

  /** Hardly to be compressed. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(600); length > 0; length--) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }
}
