package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Item;
import io.onlooker.store.Batch;
import io.onlooker.store.Spans;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BatchCodecTest {

  @Provide
  Arbitrary<Batch> batches() {
    return Items.batches();
  }

  @Property(tries = 300)
  void batch_comesBackEqual(@ForAll("batches") Batch batch) {
    BatchWriter writer = new BatchWriter();

    byte[] bytes = writer.write(batch);

    assertThat(new BatchReader(bytes).read()).isEqualTo(batch);
    assertThat(writer.wellFormed()).isTrue();
  }

  @Property(tries = 100)
  void batch_cutShort(@ForAll("batches") Batch batch, @ForAll int where) {
    byte[] bytes = new BatchWriter().write(batch);
    byte[] cut = java.util.Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));

    assertThatThrownBy(() -> new BatchReader(cut).read()).isInstanceOf(RuntimeException.class);
  }

  @Test
  void batch_ofANewerVersion() {
    byte[] bytes = new BatchWriter().write(new Batch(1, List.of(Spans.of(1, 1).make())));
    bytes[0] = 9;

    assertThatThrownBy(() -> new BatchReader(bytes).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch version: 9 (expected: 1 to 2)");
  }

  @Test
  void batch_ofTheFirstVersion() {
    Batch batch = new Batch(1, List.of(Spans.of(1, 1).with("a", "x").make()));
    byte[] bytes = new BatchWriter().write(batch);
    bytes[0] = 1;

    assertThat(new BatchReader(bytes).read()).isEqualTo(batch);
  }

  @Test
  void batch_textsThatRecur() {
    List<Item> spans = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      spans.add(Spans.of(1, i).with("text", "t".repeat(1000)).with("n", i).make());
    }
    Batch batch = new Batch(1, spans);

    byte[] bytes = new BatchWriter().write(batch);

    assertThat(bytes).hasSizeLessThan(3000);
    assertThat(new BatchReader(bytes).read()).isEqualTo(batch);
  }

  @Test
  void batch_loneSurrogate() {
    BatchWriter writer = new BatchWriter();
    Batch batch = new Batch(1, List.of(Spans.of(1, 1).name("x\uDC00y").make()));

    byte[] bytes = writer.write(batch);

    assertThat(writer.wellFormed()).isFalse();
    assertThat(new BatchReader(bytes).read())
        .isEqualTo(new Batch(1, List.of(Spans.of(1, 1).name("x?y").make())));
  }
}
