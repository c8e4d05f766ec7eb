package io.onlooker.redact;

/**
 * An international bank account number in capitals, bare or in fours, of its country's length and
 * with its check digits right (ISO 13616). Asked at the check digits.
 */
final class IbanFinder implements Finder {

  @Override
  public PiiKind kind() {
    return PiiKind.IBAN;
  }

  @Override
  public String triggers() {
    return DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    int start = at - 2;
    if (start < 0
        || !Chars.is(scan.at(start), Chars.UPPER)
        || !Chars.is(scan.at(start + 1), Chars.UPPER)
        || scan.attachedBefore(start)) {
      return;
    }
    int size = IbanCountry.length(scan.at(start), scan.at(start + 1));
    int end = size == 0 ? -1 : end(scan, start, size);
    if (end > 0 && !scan.attachedAfter(end) && checks(scan, start, end)) {
      scan.found(PiiKind.IBAN, start, end);
    }
  }

  /** The end of so many characters, or -1: a blank behind the first four is wanted behind all. */
  private static int end(Scan scan, int start, int size) {
    boolean spaced = Chars.isBlank(scan.at(start + 4));
    int at = start;
    for (int i = 0; i < size; i++) {
      if (spaced && i > 0 && i % 4 == 0) {
        if (!Chars.isBlank(scan.at(at))) {
          return -1;
        }
        at++;
      }
      if (!Chars.is(scan.at(at++), Chars.UPPER | Chars.DIGIT)) {
        return -1;
      }
    }
    scan.worked(at - start);
    return at;
  }

  private static boolean checks(Scan scan, int start, int end) {
    int rest = remainder(scan, start + 4, end, 0);
    return remainder(scan, start, start + 4, rest) == 1;
  }

  private static int remainder(Scan scan, int from, int to, int before) {
    int rest = before;
    for (int i = from; i < to; i++) {
      char c = scan.at(i);
      if (Chars.is(c, Chars.DIGIT)) {
        rest = (rest * 10 + c - '0') % 97;
      } else if (Chars.is(c, Chars.UPPER)) {
        rest = (rest * 100 + c - 'A' + 10) % 97;
      }
    }
    return rest;
  }
}
