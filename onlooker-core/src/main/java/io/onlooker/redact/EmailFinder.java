package io.onlooker.redact;

/**
 * {@code local@domain}: looks from the sign back over the local part and on over the domain.
 *
 * <p>The domain has a dot, and its last label two or more letters, so that {@code kit@2.1.0} and
 * {@code root@localhost} stay. Linear, because no sign stands in a local part or a domain.
 */
final class EmailFinder implements Finder {

  private static final int LOCAL =
      Chars.LETTER_OR_DIGIT | Chars.LOW_LINE | Chars.HYPHEN | Chars.LOCAL;
  private static final int LABEL = Chars.LETTER_OR_DIGIT | Chars.HYPHEN;

  @Override
  public PiiKind kind() {
    return PiiKind.EMAIL;
  }

  @Override
  public String triggers() {
    return "@";
  }

  @Override
  public void find(Scan scan, int at) {
    int start = localStart(scan, at);
    if (start < at && Chars.is(scan.at(at + 1), LABEL)) {
      int end = domainEnd(scan, at + 1);
      if (end > 0) {
        scan.found(PiiKind.EMAIL, start, end);
      }
    }
  }

  private static int localStart(Scan scan, int at) {
    int start = at;
    boolean worded = false;
    while (start > scan.border() && Chars.is(scan.at(start - 1), LOCAL)) {
      start--;
      worded |= Chars.is(scan.at(start), Chars.LETTER_OR_DIGIT | Chars.LOW_LINE);
    }
    scan.worked(at - start);
    // What an earlier finding took is not part of the address; the rest of it must not stay.
    return worded ? Math.min(at, scan.candidates.reach(start)) : at;
  }

  /** The end of the longest domain, or -1. */
  private static int domainEnd(Scan scan, int from) {
    int best = -1;
    int label = from;
    int numeric = 0;
    for (int labels = 1; ; labels++) {
      int end = scan.runEnd(label, LABEL);
      if (end == label) {
        return best;
      }
      if (labels == numeric + 1 && allDigits(scan, label, end)) {
        numeric++;
      }
      // Two numbers in front are a version, whatever follows: kit@2.1.0-beta.next.
      if (labels > 1 && numeric < 2) {
        best = Math.max(best, topLevelEnd(scan, label, end));
      }
      if (scan.at(end) != '.') {
        return best;
      }
      label = end + 1;
    }
  }

  /** The end of the letters that make the label a top-level domain, or -1. */
  private static int topLevelEnd(Scan scan, int label, int end) {
    if (scan.text.startsWith("xn--", label)) {
      return end;
    }
    int letters = scan.runEnd(label, Chars.LETTER);
    boolean whole = letters == end || scan.at(letters) == '-';
    return whole && letters - label >= 2 ? letters : -1;
  }

  private static boolean allDigits(Scan scan, int from, int to) {
    return scan.runEnd(from, Chars.DIGIT) == to;
  }
}
