package io.onlooker.redact;

/** A key of two long parts behind {@code SG}, joined by dots. */
final class SendGridFinder implements Finder {

  private static final int SHORTEST_PART = 16;

  @Override
  public PiiKind kind() {
    return PiiKind.API_KEY;
  }

  @Override
  public String triggers() {
    return "G";
  }

  @Override
  public void find(Scan scan, int at) {
    if (scan.at(at + 1) != '.' || scan.at(at - 1) != 'S' || scan.attachedBefore(at - 1)) {
      return;
    }
    int first = scan.runEnd(at + 2, Chars.TOKEN);
    if (first - at - 2 < SHORTEST_PART || scan.at(first) != '.') {
      return;
    }
    int second = scan.runEnd(first + 1, Chars.TOKEN);
    if (second - first > SHORTEST_PART && scan.holdsDigit(at, second)) {
      scan.found(PiiKind.API_KEY, at - 1, second);
    }
  }
}
