package io.onlooker.redact;

/**
 * A payment card number: bare, in fours, 4-6-5 or 4-6-4, with an issuer's beginning and length and
 * the Luhn digit right. Expiry and code behind it stay.
 */
final class CardFinder implements Finder {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  @Override
  public PiiKind kind() {
    return PiiKind.CREDIT_CARD;
  }

  @Override
  public String triggers() {
    return DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    Row row = scan.row;
    if (row.count() == 0 || scan.attachedBefore(at) || isFraction(scan, at)) {
      return;
    }
    if (row.size(0) >= SHORTEST) {
      report(scan, at, row.end(0), row.size(0));
    } else if (row.size(0) == 4 && !insideFours(scan, at)) {
      findGrouped(scan, at);
    }
  }

  private static void findGrouped(Scan scan, int at) {
    Row row = scan.row;
    for (int last = Math.min(row.count() - 1, 4); last >= 2; last--) {
      if (row.joined(0, last, Row.BLANK | Row.DASH) && grouped(row, last)) {
        int digits = 0;
        for (int i = 0; i <= last; i++) {
          digits += row.size(i);
        }
        if (report(scan, at, row.end(last), digits)) {
          return;
        }
      }
    }
  }

  private static boolean grouped(Row row, int last) {
    if (last == 2 && (row.sized(0, 4, 6, 5) || row.sized(0, 4, 6, 4))) {
      return true;
    }
    for (int i = 0; i < last; i++) {
      if (row.size(i) != 4) {
        return false;
      }
    }
    return row.size(last) <= 4;
  }

  private static boolean report(Scan scan, int start, int end, int digits) {
    boolean card =
        digits >= SHORTEST
            && digits <= LONGEST
            && CardIssuer.issues(beginning(scan, start), digits)
            && !scan.attachedAfter(end)
            && luhn(scan, start, end);
    if (card) {
      scan.found(PiiKind.CREDIT_CARD, start, end);
    }
    return card;
  }

  /** {@code 0.4111…}: digits behind a decimal point. */
  private static boolean isFraction(Scan scan, int at) {
    return scan.at(at - 1) == '.' && Chars.isDigit(scan.at(at - 2));
  }

  /** Whether a group of four stands directly before, as in an IBAN or a longer row of fours. */
  private static boolean insideFours(Scan scan, int at) {
    int joint = Row.joint(scan.at(at - 1));
    return (joint & (Row.BLANK | Row.DASH)) != 0
        && !foundUpTo(scan, at - 1)
        && Chars.isDigit(scan.at(at - 2))
        && Chars.isDigit(scan.at(at - 3))
        && Chars.isLetterOrDigit(scan.at(at - 4))
        && Chars.isLetterOrDigit(scan.at(at - 5))
        && !Chars.isLetterOrDigit(scan.at(at - 6));
  }

  private static boolean foundUpTo(Scan scan, int position) {
    Candidates found = scan.candidates;
    return found.count() > 0 && found.end(found.count() - 1) == position;
  }

  /** The first four digits as a number; full-width ones too. */
  private static int beginning(Scan scan, int start) {
    int value = 0;
    for (int i = start; i < start + 4; i++) {
      value = value * 10 + Chars.digit(scan.at(i));
    }
    return value;
  }

  private static boolean luhn(Scan scan, int start, int end) {
    int sum = 0;
    boolean twice = false;
    for (int i = end - 1; i >= start; i--) {
      char c = scan.at(i);
      if (Chars.isDigit(c)) {
        int digit = Chars.digit(c) * (twice ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }
}
