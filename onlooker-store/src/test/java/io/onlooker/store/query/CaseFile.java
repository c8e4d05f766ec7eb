package io.onlooker.store.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A file of cases, one on each line: what is read, a tab, and what must come of it. Lines that
 * begin with {@code #} say what follows. The Unicode pictures of control characters ({@code ␀ ␉ ␊
 * ␛}) stand for those characters.
 */
final class CaseFile {

  /**
   * One case.
   *
   * @param expected a tree, or {@code !} with a position and the message, {@code …} for what of it
   *     does not matter
   */
  record Case(String text, String expected) {

    boolean isError() {
      return expected.startsWith("!");
    }

    int position() {
      return Integer.parseInt(expected.substring(1, expected.indexOf(' ')));
    }

    String[] messageParts() {
      return expected.substring(expected.indexOf(' ') + 1).split("…");
    }

    @Override
    public String toString() {
      return hidden(text);
    }
  }

  private static final int FIRST_PICTURE = '\u2400';

  private CaseFile() {}

  static List<Case> read(String name) {
    try (InputStream file = CaseFile.class.getResourceAsStream("/queries/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException("/queries/" + name + " (expected: a resource)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(CaseFile::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case parse(String line) {
    int tab = line.indexOf('\t');
    if (tab < 0) {
      throw new IllegalArgumentException(line + " (expected: a tab and a result)");
    }
    return new Case(shown(line.substring(0, tab)), line.substring(tab + 1).strip());
  }

  /** Puts control characters in place of their pictures. */
  private static String shown(String text) {
    return map(text, c -> c >= FIRST_PICTURE && c < FIRST_PICTURE + ' ' ? c - FIRST_PICTURE : c);
  }

  /** Puts pictures in place of control characters. */
  static String hidden(String text) {
    return map(text, c -> c < ' ' ? c + FIRST_PICTURE : c);
  }

  private static String map(String text, IntUnaryOperator change) {
    int[] changed = text.codePoints().map(change).toArray();
    return new String(changed, 0, changed.length);
  }
}
