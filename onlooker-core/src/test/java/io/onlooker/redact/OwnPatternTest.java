package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "ab § xabab § ab,ab",
        "a+ § baaab a § aaa,a",
        "a|ab|abc § abcd § abc",
        "(?:ab)+c? § ababc ab § ababc,ab",
        "(a|b){2,3} § abab a § aba",
        "a{3} § aaaaaaa § aaa,aaa",
        "a{2,} § a aaaaa § aaaaa",
        "[a-c-]+ § ab-c_d § ab-c",
        "[^\\d\\s]+ § 12ab 3 § ab",
        "[\\]\\-]+ § a]-b § ]-",
        "[]x]? § no § !",
        "\\d{3}-\\w* § x 123-ab_1, § 123-ab_1",
        "\\bEMP\\d+\\b § EMP12 XEMP13 EMP14x § EMP12",
        "^a.c § abcabc § abc",
        "c$ § ccc § c",
        "a\\Bb § ab a b § ab",
        "\\u00e9+ § caféé § éé",
        "(?i)emp-[a-f]+ § Emp-ABz § Emp-AB",
        "😀+ § a😀😀b § 😀😀",
        "a.b § a😀b § a😀b",
        "a(.*b)? § axa § a,a",
        "a(xb)?|xc § axc § a,xc",
        "ab|bcd|d § abcd § ab,d",
        "\\. § 1.2 § .",
      })
  void pattern_matches(String pattern, String text, String expected) {
    if (expected.equals("!")) {
      assertThatThrownBy(() -> OwnPattern.compile(pattern))
          .isInstanceOf(InvalidPatternException.class);
      return;
    }
    assertThat(String.join(",", matches(pattern, text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "a(b § 1 § the group is not closed (expected: ))",
        "a)b § 1 § a group closes that none opened (expected: \\))",
        "[ab § 0 § the class is not closed (expected: ])",
        "*a § 0 § nothing to repeat (expected: \\* for the sign)",
        "ab{2,1} § 2 § a count that is none (expected: {m}, {m,} or {m,n} with m <= n, or \\{)",
        "a{x} § 2 § a count that is none (expected: 0 to 1000, or \\{ for the sign)",
        "a{2000} § 2 § a count that is none (expected: 0 to 1000, or \\{ for the sign)",
        "a+? § 2 § repeated twice, or lazy or possessive (expected: one of * + ? {m,n})",
        "(a)\\1 § 3 § a back-reference (expected: \\d \\w \\s \\b and their capitals, \\t \\n \\r \\f \\uXXXX)",
        "a(?=b) § 1 § look-around, a flag or a named group (expected: ( or (?: , and (?i) in front only)",
        "(?<!a)b § 0 § look-around, a flag or a named group (expected: ( or (?: , and (?i) in front only)",
        "\\p{L} § 0 § an escape without a meaning (expected: \\d \\w \\s \\b and their capitals, \\t \\n \\r \\f \\uXXXX)",
        "\\u12 § 2 § an escape that is not complete (expected: four hex digits)",
        "[z-a] § 1 § a range that holds nothing (expected: the lower character first, or \\-)",
        "[\\d-z] § 1 § a range that holds nothing (expected: the lower character first, or \\-)",
        "a\\ § 1 § an escape of nothing (expected: \\\\ for the sign)",
        "a* § 2 § matches the empty text (expected: at least one character)",
        "^$ § 2 § matches the empty text (expected: at least one character)",
        "(a{100}){100} § 2 § takes more than 1000 steps (expected: smaller counts)",
      })
  void pattern_refused(String pattern, int position, String reason) {
    assertThatThrownBy(() -> OwnPattern.compile(pattern))
        .hasMessage("pattern \"" + pattern + "\" at " + position + ": " + reason)
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidPatternException.class))
        .extracting(InvalidPatternException::position)
        .isEqualTo(position);
  }

  @Test
  void pattern_tooLong() {
    assertThatThrownBy(() -> OwnPattern.compile("a".repeat(501)))
        .hasMessageEndingWith("at 500: 501 characters (expected: 500 at most)");
  }

  @Test
  void pattern_tooDeep() {
    assertThatThrownBy(() -> OwnPattern.compile("(".repeat(51) + 'a' + ")".repeat(51)))
        .hasMessageEndingWith("at 50: 51 groups in each other (expected: 50 at most)");
  }

  private static List<String> matches(String pattern, String text) {
    Candidates found = OwnPattern.compile(pattern).find(text, "OWN", Budget.unlimited());
    List<String> matches = new ArrayList<>();
    for (int i = 0; i < found.count(); i++) {
      matches.add(text.substring(found.start(i), found.end(i)));
    }
    return matches;
  }
}
