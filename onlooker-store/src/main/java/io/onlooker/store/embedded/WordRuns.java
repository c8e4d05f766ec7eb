package io.onlooker.store.embedded;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;

/**
 * Takes text apart into runs of letters and digits, in lower case as {@link AnyCase} has it, as
 * UTF-8. Where a run ends depends on the two characters there alone, so that a part of a text has
 * the text's runs, but for those that stand at its ends.
 */
final class WordRuns {

  /** The form of ASCII letters and digits that is compared; 0 for all that separates words. */
  private static final byte[] PLAIN = new byte[128];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = Character.isLetterOrDigit(c) ? (byte) Character.toLowerCase(c) : 0;
    }
  }

  private final Sink sink;
  private byte[] run = new byte[256];
  private int length;
  private boolean continuous;
  private boolean atStart;

  /** Takes one run after another. */
  interface Sink {

    /**
     * Takes the next one.
     *
     * @param run whose first {@code length} bytes are the run, until this returns
     * @param continuous whether it is of a script that puts no spaces between words
     * @param atStart and {@code atEnd}: whether the run stands at an end of the text
     */
    void take(byte[] run, int length, boolean continuous, boolean atStart, boolean atEnd);
  }

  WordRuns(Sink sink) {
    this.sink = sink;
  }

  void split(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < PLAIN.length) {
        plain(PLAIN[c], at);
        at++;
      } else {
        int point = text.codePointAt(at);
        other(Character.toLowerCase(point), at);
        at += Character.charCount(point);
      }
    }
    end(true);
  }

  private void plain(byte folded, int at) {
    if (folded == 0) {
      end(false);
    } else {
      begin(false, at);
      put(folded);
    }
  }

  private void other(int folded, int at) {
    if (folded < PLAIN.length) {
      plain(PLAIN[folded], at);
    } else if (Character.isLetterOrDigit(folded)) {
      begin(isContinuous(folded), at);
      encode(folded);
    } else {
      end(false);
    }
  }

  private void begin(boolean ofContinuous, int at) {
    if (length > 0 && continuous != ofContinuous) {
      end(false);
    }
    if (length == 0) {
      continuous = ofContinuous;
      atStart = at == 0;
    }
  }

  private void end(boolean atEnd) {
    if (length > 0) {
      sink.take(run, length, continuous, atStart, atEnd);
      length = 0;
    }
  }

  private static boolean isContinuous(int point) {
    if (point < 0x0E00 || (point >= 0xAC00 && point <= 0xD7A3)) {
      return false;
    }
    return (point >= 0x4E00 && point <= 0x9FFF)
        || switch (UnicodeScript.of(point)) {
          case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
          default -> false;
        };
  }

  private void encode(int point) {
    if (point < 0x800) {
      put(0xC0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        put(0xE0 | (point >> 12));
      } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
      }
      put(0x80 | ((point >> 6) & 0x3F));
    }
    put(0x80 | (point & 0x3F));
  }

  private void put(int octet) {
    if (length == run.length) {
      run = Arrays.copyOf(run, length * 2);
    }
    run[length++] = (byte) octet;
  }
}
