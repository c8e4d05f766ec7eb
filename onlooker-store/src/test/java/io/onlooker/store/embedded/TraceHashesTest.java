package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceHashesTest {

  @TempDir Path folder;

  @Test
  void contains_hashesThatLieEvenly() throws IOException {
    Random random = new Random(1);

    check(random::nextLong);
  }

  @Test
  void contains_hashesThatLieTogether() throws IOException {
    Random random = new Random(2);

    check(() -> random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(5_000) : random.nextInt());
  }

  private void check(LongSupplier hashes) throws IOException {
    Set<TraceKey> traces =
        LongStream.generate(hashes)
            .limit(3_000)
            .mapToObj(high -> new TraceKey(0, high, 0))
            .collect(Collectors.toSet());
    Path file = folder.resolve("hashes");
    TraceHashes.write(file, traces);
    TraceHashes read = TraceHashes.open(file);

    for (TraceKey trace : traces) {
      assertThat(read.contains(trace.hash())).isTrue();
    }
    Set<Long> known = traces.stream().map(TraceKey::hash).collect(Collectors.toSet());
    for (long near : known) {
      assertThat(read.contains(near + 1)).isEqualTo(known.contains(near + 1));
    }
    assertThat(read.contains(Long.MIN_VALUE)).isEqualTo(known.contains(Long.MIN_VALUE));
    assertThat(read.contains(Long.MAX_VALUE)).isEqualTo(known.contains(Long.MAX_VALUE));
  }
}
