package io.onlooker.redact;

/** The token behind the word {@code Bearer}, in any case; the word stays. */
final class BearerFinder implements Finder {

  private static final String WORD = "bearer";
  private static final int SHORTEST = 16;

  @Override
  public PiiKind kind() {
    return PiiKind.API_KEY;
  }

  @Override
  public String triggers() {
    return "Bb";
  }

  @Override
  public void find(Scan scan, int at) {
    int space = at + WORD.length();
    if (!Character.isWhitespace(scan.at(space))
        || !scan.text.regionMatches(true, at, WORD, 0, WORD.length())
        || scan.attachedBefore(at)) {
      return;
    }
    int start = space;
    while (Character.isWhitespace(scan.at(start))) {
      start++;
    }
    scan.worked(start - space);
    int end = tokenEnd(scan, start);
    if (end - start >= SHORTEST && scan.holdsDigit(start, end)) {
      scan.found(PiiKind.API_KEY, start, end);
    }
  }

  private static int tokenEnd(Scan scan, int start) {
    int end = scan.runEnd(start, Chars.TOKEN | Chars.BEARER);
    if (scan.at(end) == '=') {
      while (scan.at(end) == '=') {
        end++;
      }
      return end;
    }
    while (end > start && scan.at(end - 1) == '.') {
      end--;
    }
    return end;
  }
}
