package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepForTest {

  @Test
  void parse_usualAndByProject() {
    KeepFor kept = KeepFor.parse("90d, 2=12h");

    assertThat(kept.of(1)).isEqualTo(Duration.ofDays(90));
    assertThat(kept.of(2)).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void parse_forEver() {
    assertThat(KeepFor.parse(null).of(1)).isNull();
    assertThat(KeepFor.parse("").of(1)).isNull();
    assertThat(KeepFor.parse("2=1d").of(1)).isNull();
  }

  @Test
  void parse_wrong() {
    for (String wrong : new String[] {"0d", "7", "soon", "1=2=3d", "7d,", "-1d"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KeepFor.parse(wrong))
          .withMessageContaining("retention: ");
    }
  }
}
