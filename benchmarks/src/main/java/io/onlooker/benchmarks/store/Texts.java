package io.onlooker.benchmarks.store;

import java.util.SplittableRandom;

/** Passages of 1 to 50 KB from one long text of invented words, frequent and rare ones. */
final class Texts {

  private static final int LENGTH = 16 << 20;
  private static final int WORDS = 30_000;
  private static final String LETTERS = "aeioutnshrdlcmf";
  private static final double SHORTEST = 1_000;
  private static final double RANGE = 50;

  private final String all;

  Texts() {
    SplittableRandom random = new SplittableRandom(3);
    String[] words = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 2 + random.nextInt(9); letters > 0; letters--) {
        word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      words[i] = word.toString();
    }
    StringBuilder text = new StringBuilder(LENGTH);
    while (text.length() < LENGTH) {
      double rank = random.nextDouble();
      text.append(words[(int) (WORDS * rank * rank * rank)]);
      text.append(random.nextInt(14) == 0 ? '\n' : ' ');
    }
    all = text.toString();
  }

  /** Short ones are as frequent as long ones, by magnitude. */
  String passage(SplittableRandom random) {
    int length = (int) (SHORTEST * Math.pow(RANGE, random.nextDouble()));
    int at = random.nextInt(all.length() - length);
    return all.substring(at, at + length);
  }
}
