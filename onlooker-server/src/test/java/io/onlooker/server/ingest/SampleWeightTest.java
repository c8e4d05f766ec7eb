package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleWeightTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "ot=th:8 0.5",
        "ot=th:c 0.25",
        "ot=rv:abcdef;th:fd7 0.010009765625",
        "a=b,ot=th:8;rv:1,c=d 0.5",
      })
  void traceState_withThreshold(String traceState, double rate) {
    assertThat(SampleWeight.ofTraceState(traceState)).isEqualTo(rate);
  }

  @ParameterizedTest
  @CsvSource({"ot=th:0", "ot=th:ffffffffffffff", "ot=th:", "ot=th:xyz", "not=th:8", "''"})
  void traceState_withoutUse(String traceState) {
    assertThat(SampleWeight.ofTraceState(traceState)).isNull();
  }
}
