package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes the text, redacting four times as much reads four times as many characters. */
class LinearTimeTest {

  private static final int MEGABYTE = 1 << 20;

  /** More characters read per character of text than any text needs. */
  private static final int MOST_PER_CHARACTER = 60;

  private static final String SOME_BASE64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo";

  static Stream<String> units() {
    return Stream.of(
        "1-",
        "1 ",
        "1.",
        "12 34-",
        "1234 ",
        "+1",
        "+1 ",
        "+1-2-3-4",
        "(1",
        "(02) ",
        "02)",
        "00 49 ",
        "4111 ",
        "4111-1111-1111-1111 ",
        "41111111111111111111",
        "１",
        "１－",
        "9",
        "0049",
        "a@",
        "a@a.",
        "@",
        "@.",
        "a@a.aa-",
        "a.a@b.cd@",
        "a@b.cc ",
        "%@%",
        ":",
        "::",
        "a:",
        "1::",
        "ffff:",
        "://",
        "://a:",
        "://a:b@",
        "a:b@://",
        ":\\/\\/a:",
        "://@:",
        ".",
        "1.1.1.",
        "0.0.0.0",
        "255.255.255.255",
        "eyJ",
        "eyJ-",
        "eyJ.",
        "eyJ-.eyJ.",
        "-eyJaaaaaaaaaaaaaa.",
        "J",
        "-sk-",
        "sk-",
        " sk-aa",
        "ghp_",
        "-ghp_",
        "_sk_test_",
        "AKIA",
        "-AKIA",
        "SG.",
        "-SG." + SOME_BASE64 + '.',
        "SG." + SOME_BASE64,
        "Bearer ",
        "bearer",
        "Bearer a",
        "b",
        " Bearer\t\t",
        "-",
        "-----",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----" + SOME_BASE64 + "\n",
        "DE",
        "DE27",
        "DE27 9000 ",
        "\\",
        "\\n",
        "\\u0031",
        "\\u",
        "\\n1-",
        "\ud800",
        "\0",
        "가1",
        "x");
  }

  @ParameterizedTest
  @MethodSource("units")
  void text_repeated(String unit) {
    long once = work(unit, MEGABYTE / 16);
    long fourfold = work(unit, MEGABYTE / 4);

    assertThat(once).isLessThan((long) MOST_PER_CHARACTER * MEGABYTE / 16);
    assertThat(fourfold).isLessThan(once * 4 + MEGABYTE / 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1-", "a@", "::", ".", "eyJ", "eyJ-", "-----BEGIN PRIVATE KEY-----"})
  void text_fiveMegabytes(String unit) {
    assertThat(work(unit, 5 * MEGABYTE)).isLessThan((long) MOST_PER_CHARACTER * 5 * MEGABYTE);
  }

  /** One that begins something, and a long tail that never ends it. */
  @ParameterizedTest
  @MethodSource("units")
  void text_repeatedBehindABeginning(String unit) {
    for (String beginning :
        new String[] {"-----BEGIN PRIVATE KEY-----", "://a:b", "eyJhbGciOiJIUzI1NiJ9."}) {
      assertThat(work(beginning, unit, MEGABYTE / 32))
          .isLessThan((long) MOST_PER_CHARACTER * MEGABYTE / 32);
    }
  }

  @Test
  void ownPattern_repeated() {
    for (String pattern :
        new String[] {"(a*)*b", "a(.*b)?", "(a|aa)+$", "(x+x+)+y", "a.*a.*a.*b", "\\w+@\\w+"}) {
      long once = patternWork(pattern, MEGABYTE / 16);
      long fourfold = patternWork(pattern, MEGABYTE / 4);

      assertThat(fourfold).as(pattern).isLessThan(once * 4 + MEGABYTE);
    }
  }

  @Test
  void budget_exceeded() {
    Budget budget = new Budget(100);

    assertThatThrownBy(() -> Redactor.create().redact("x".repeat(101), budget))
        .isInstanceOf(Budget.Exceeded.class);
  }

  private static long work(String unit, int length) {
    return work("", unit, length);
  }

  private static long work(String beginning, String unit, int length) {
    String text = beginning + unit.repeat(length / unit.length() + 1);
    Budget budget = Budget.unlimited();
    Redactor.create().redact(text, budget);
    return budget.spent();
  }

  private static long patternWork(String pattern, int length) {
    Budget budget = Budget.unlimited();
    OwnPattern.compile(pattern).find("a".repeat(length), "OWN", budget);
    return budget.spent();
  }
}
