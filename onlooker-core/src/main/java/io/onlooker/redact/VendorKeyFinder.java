package io.onlooker.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that say who issued them: a known beginning, enough characters behind it, a digit among them
 * so that words and placeholders stay.
 *
 * <p>Linear, because a run of characters that holds no key is marked as seen.
 */
final class VendorKeyFinder implements Finder {

  private static final String TRIGGERS = "-_KIz";
  private static final int ASCII = 128;

  /** By trigger and the character before it, which together rule out most. */
  private final KeyBeginning[][] byPair = new KeyBeginning[TRIGGERS.length() * ASCII][];

  VendorKeyFinder() {
    for (int pair = 0; pair < byPair.length; pair++) {
      byPair[pair] = of(TRIGGERS.charAt(pair / ASCII), (char) (pair % ASCII));
    }
  }

  @Override
  public PiiKind kind() {
    return PiiKind.API_KEY;
  }

  @Override
  public String triggers() {
    return TRIGGERS;
  }

  @Override
  public void find(Scan scan, int at) {
    char before = scan.at(at - 1);
    if (before >= ASCII) {
      return;
    }
    int trigger = TRIGGERS.indexOf(scan.at(at));
    for (KeyBeginning beginning : byPair[trigger * ASCII + before]) {
      int start = at - beginning.offset();
      if (scan.text.startsWith(beginning.text(), start) && !scan.attachedBefore(start)) {
        find(scan, start, beginning);
      }
    }
  }

  private static void find(Scan scan, int start, KeyBeginning beginning) {
    int body = start + beginning.text().length();
    Run run = beginning.run();
    if (scan.barren(run, body)) {
      return;
    }
    int end = scan.runEnd(body, run.sorts());
    if (end - body < beginning.shortest()) {
      return;
    }
    if (scan.holdsDigit(body, end) && !scan.attachedAfter(end)) {
      scan.found(PiiKind.API_KEY, start, end);
    } else {
      scan.markBarren(run, end);
    }
  }

  private static KeyBeginning[] of(char trigger, char before) {
    List<KeyBeginning> found = new ArrayList<>();
    for (KeyBeginning beginning : KeyBeginning.ALL) {
      if (beginning.trigger() == trigger && beginning.before() == before) {
        found.add(beginning);
      }
    }
    return found.toArray(KeyBeginning[]::new);
  }
}
