package io.onlooker.redact;

import java.time.YearMonth;

/** A Korean resident registration number: birth date, sex and century, and a check digit. */
final class ResidentNumberFinder implements Finder {

  private static final int DIGIT_COUNT = 13;
  private static final int[] WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};

  @Override
  public PiiKind kind() {
    return PiiKind.KR_RRN;
  }

  @Override
  public String triggers() {
    return DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    Row row = scan.row;
    boolean bare = row.sized(0, DIGIT_COUNT);
    if (!bare && !(row.sized(0, 6, 7) && row.joint(1) == Row.DASH)) {
      return;
    }
    int end = row.end(bare ? 0 : 1);
    boolean attached = scan.attachedBefore(at) || scan.attachedAfter(end);
    if (!attached && valid(digits(scan, at, end))) {
      scan.found(PiiKind.KR_RRN, at, end);
    }
  }

  private static int[] digits(Scan scan, int from, int to) {
    int[] digits = new int[DIGIT_COUNT];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Chars.isDigit(scan.at(i))) {
        digits[count++] = Chars.digit(scan.at(i));
      }
    }
    return digits;
  }

  private static boolean valid(int[] digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * digits[i];
    }
    return (11 - sum % 11) % 10 == digits[12] && born(digits);
  }

  private static boolean born(int[] digits) {
    int century = digits[6];
    int year = (century <= 2 ? 1900 : 2000) + digits[0] * 10 + digits[1];
    int month = digits[2] * 10 + digits[3];
    int day = digits[4] * 10 + digits[5];
    return century >= 1
        && century <= 4
        && month >= 1
        && month <= 12
        && YearMonth.of(year, month).isValidDay(day);
  }
}
