package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.Filter.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

  @TempDir Path folder;

  @Test
  void words_eachOnceInLowerCase() {
    assertThat(list("The cat, the CAT; the_dog 42.")).isEqualTo("\nthe\ncat\ndog\n42\n");
    assertThat(list("... !?")).isEqualTo("\n");
    assertThat(list("\u212Aelvin \u0130stanbul STRASSE stra\u00DFe"))
        .isEqualTo("\nkelvin\nistanbul\nstrasse\nstra\u00DFe\n");
  }

  @Test
  void words_ofScriptsWithoutSpaces() {
    assertThat(list("\u6771\u4EAC\u90FD\u3067Java\u3092"))
        .isEqualTo("\n\u6771\u4EAC\n\u4EAC\u90FD\n\u90FD\u3067\njava\n\u3092\n");
    assertThat(list("\uD55C\uAD6D\uC5B4 \uD14D\uC2A4\uD2B8"))
        .isEqualTo("\n\uD55C\uAD6D\uC5B4\n\uD14D\uC2A4\uD2B8\n");
    assertThat(list("\uD842\uDFB7\u91CE\u5BB6")).isEqualTo("\n\uD842\uDFB7\u91CE\n\u91CE\u5BB6\n");
  }

  @Test
  void words_longRunsInPieces() {
    String run = "abcdefghij".repeat(20);

    for (String line : list(run).strip().lines().toList()) {
      assertThat(line.length()).isLessThanOrEqualTo(64);
    }
    assertThat(list(run + " " + run)).isEqualTo(list(run));
  }

  @Test
  void words_tooMany() throws IOException {
    Words few = new Words(20);
    few.add("one two three");
    assertThat(few.list()).isNotEmpty();

    few.add("four five six");

    assertThat(few.list()).isEmpty();
    assertThat(mayMatch(few, "", "seven", "")).isTrue();
    Words merged = new Words();
    merged.add("eight");
    merged.addList(few.list());
    assertThat(merged.list()).isEmpty();
  }

  @Test
  void words_nearlyAllDifferent() {
    Random random = new Random(1);
    byte[] image = new byte[600_000];
    random.nextBytes(image);

    Words words = new Words();
    words.add(Base64.getEncoder().encodeToString(image));
    assertThat(words.list()).isEmpty();

    words.add("the quick brown fox ".repeat(200_000));
    assertThat(words.list()).isNotEmpty();
  }

  @Test
  void lists_together() {
    Words words = new Words();
    Words other = new Words();
    for (int i = 0; i < 5000; i++) {
      words.add("word" + i);
      other.add("WORD" + (i + 2500));
    }

    words.addList(other.list());

    assertThat(new String(words.list(), StandardCharsets.UTF_8).strip().lines())
        .hasSize(7500)
        .doesNotHaveDuplicates();
  }

  @Test
  void pattern_partsOfWordsAtItsEnds() throws IOException {
    Words words = new Words();
    words.add("the quick brown fox");

    assertThat(mayMatch(words, "", "UIC", "")).isTrue();
    assertThat(mayMatch(words, "", "ick bro", "")).isTrue();
    assertThat(mayMatch(words, "", "ick br", "wn", "")).isTrue();
    assertThat(mayMatch(words, "the", "x")).isTrue();
    assertThat(mayMatch(words, "", "")).isTrue();
    assertThat(mayMatch(words, "", " - ", "")).isTrue();
    assertThat(mayMatch(words, "", "ui bro", "")).isFalse();
    assertThat(mayMatch(words, "", "ick ro", "")).isFalse();
    assertThat(mayMatch(words, "", "k brow f", "")).isFalse();
    assertThat(mayMatch(words, "he", "")).isFalse();
    assertThat(mayMatch(words, "", "fo")).isFalse();
    assertThat(mayMatch(words, "", "fox", "cat", "")).isFalse();
  }

  /** What the engine makes of a character is what the list has of it, or stays as it is. */
  @Test
  void lowerCase_ofTheEngine() throws SQLException {
    StringBuilder all = new StringBuilder();
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) != Character.SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    String text = all.toString();

    int[] engine = lower(text).codePoints().toArray();

    int[] points = text.codePoints().toArray();
    assertThat(engine).hasSameSizeAs(points);
    for (int i = 0; i < points.length; i++) {
      if (engine[i] != points[i]) {
        assertThat(engine[i]).isEqualTo(Character.toLowerCase(points[i]));
      }
    }
  }

  private static String lower(String text) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = engine.prepareStatement("SELECT lower(?)")) {
      statement.setString(1, text);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void regex_takesEachCase() {
    String text = "\u0130\u212A\u00DF\u03A3.*\0[a]";

    String regex = AnyCase.regex(text, 100);

    assertThat(text).matches(regex);
    assertThat(AnyCase.fold(text)).isNotEqualTo(text).matches(regex);
    assertThat("x".repeat(9)).doesNotMatch(regex);
    assertThat(AnyCase.regex(text, 1)).isEqualTo(AnyCase.regex("i", 1));
  }

  private boolean mayMatch(Words words, String... pieces) throws IOException {
    Path file = folder.resolve("segments").resolve("1.words");
    Files.createDirectories(file.getParent());
    try (DataFolder data = DataFolder.open(folder)) {
      WordFile written = new WordFile(file);
      written.write(data, words);
      return written.mayMatch(new Pattern(List.of(pieces)));
    }
  }

  private static String list(String text) {
    Words words = new Words();
    words.add(text);
    return new String(words.list(), StandardCharsets.UTF_8);
  }
}
