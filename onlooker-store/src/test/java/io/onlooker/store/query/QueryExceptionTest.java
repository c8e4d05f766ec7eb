package io.onlooker.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class QueryExceptionTest {

  @Test
  void message_namesThingValueAndWhatWasExpected() {
    QueryException error = failure("op:search span.duration:>1sec");

    assertThat(error)
        .hasMessage(
            "span.duration: 1sec (expected: a duration such as 250ms, 1.5s or 2min), at 25");
    assertThat(error.position()).isEqualTo(25);
    assertThat(error.suggestion()).isNull();
    assertThat(error.query()).isEqualTo("op:search span.duration:>1sec");
  }

  @Test
  void suggestion_ofMisspeltFunction() {
    QueryException error = failure("cuont():>10");

    assertThat(error.suggestion()).isEqualTo("count");
    assertThat(error.getMessage()).endsWith(", at 0; did you mean count?");
  }

  @Test
  void picture_caretBelowTheMistake() {
    assertThat(failure("op:search span.duration:>1sec").picture())
        .isEqualTo(
            """
            op:search span.duration:>1sec
                                     ^\
            """);
  }

  @Test
  void picture_mistakeAtTheEnd() {
    assertThat(failure("op:a OR").picture()).isEqualTo("op:a OR\n       ^");
  }

  @Test
  void picture_wideCharacters_takeWideBlanks() {
    assertThat(failure("결제 op:>5").picture()).isEqualTo("결제 op:>5\n\u3000\u3000     ^");
  }

  @Test
  void picture_controlCharacters_staysOnTwoLines() {
    assertThat(failure("a\n\u001bb").picture()).isEqualTo("a  b\n  ^");
  }

  @Test
  void picture_longQuery_showsTheMistake() {
    String query = "op:search ".repeat(50) + "op:>5 " + "op:search ".repeat(50);

    String picture = failure(query).picture();

    assertThat(picture.lines().findFirst().orElseThrow())
        .hasSizeLessThan(130)
        .contains("op:>5")
        .startsWith("…")
        .endsWith("…");
    assertThat(picture.lines().skip(1).findFirst().orElseThrow()).hasSize(62).endsWith(" ^");
  }

  @Test
  void message_longValue_isCut() {
    assertThat(failure("span.duration:" + "x".repeat(5_000)).getMessage()).hasSizeLessThan(200);
  }

  private static QueryException failure(String query) {
    QueryException error =
        catchThrowableOfType(QueryException.class, () -> QueryParser.parseQuery(query));

    assertThat(error).as(query).isNotNull();
    return error;
  }
}
