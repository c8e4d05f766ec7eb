package io.onlooker.redact;

import java.util.List;

/**
 * How the keys of one vendor begin.
 *
 * @param text the beginning
 * @param trigger its rarest character, where the search starts; not its first one
 * @param run which characters follow
 * @param shortest how many must follow at least
 */
record KeyBeginning(String text, char trigger, Run run, int shortest) {

  static final List<KeyBeginning> ALL =
      List.of(
          new KeyBeginning("sk-", '-', Run.TOKEN, 20),
          new KeyBeginning("glpat-", '-', Run.TOKEN, 20),
          new KeyBeginning("xoxa-", '-', Run.TOKEN, 10),
          new KeyBeginning("xoxb-", '-', Run.TOKEN, 10),
          new KeyBeginning("xoxp-", '-', Run.TOKEN, 10),
          new KeyBeginning("xoxr-", '-', Run.TOKEN, 10),
          new KeyBeginning("xoxs-", '-', Run.TOKEN, 10),
          new KeyBeginning("sk_test_", '_', Run.PLAIN, 16),
          new KeyBeginning("sk_live_", '_', Run.PLAIN, 16),
          new KeyBeginning("rk_test_", '_', Run.PLAIN, 16),
          new KeyBeginning("rk_live_", '_', Run.PLAIN, 16),
          new KeyBeginning("rk_", '_', Run.PLAIN, 20),
          new KeyBeginning("ghp_", '_', Run.PLAIN, 20),
          new KeyBeginning("gho_", '_', Run.PLAIN, 20),
          new KeyBeginning("ghu_", '_', Run.PLAIN, 20),
          new KeyBeginning("ghs_", '_', Run.PLAIN, 20),
          new KeyBeginning("ghr_", '_', Run.PLAIN, 20),
          new KeyBeginning("github_pat_", '_', Run.WORD, 20),
          new KeyBeginning("hf_", '_', Run.PLAIN, 20),
          new KeyBeginning("npm_", '_', Run.PLAIN, 20),
          new KeyBeginning("AKIA", 'K', Run.CAPITALS, 16),
          new KeyBeginning("ASIA", 'I', Run.CAPITALS, 16),
          new KeyBeginning("AIza", 'z', Run.TOKEN, 30));

  /** Where the trigger stands in the beginning, the first time. */
  int offset() {
    return text.indexOf(trigger);
  }

  /** The character that stands before the trigger. */
  char before() {
    return text.charAt(offset() - 1);
  }
}
