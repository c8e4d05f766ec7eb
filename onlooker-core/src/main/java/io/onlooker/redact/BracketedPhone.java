package io.onlooker.redact;

/**
 * A telephone number with its area in brackets: {@code (617) 555-0170}, {@code (030) 23125-988}.
 */
final class BracketedPhone {

  private static final int LONGEST_AREA = 5;

  private BracketedPhone() {}

  /** The end of the number whose bracket opens here, or -1. */
  static int end(Scan scan, int open) {
    int area = open + 1;
    int close = scan.digitsEnd(area);
    int size = close - area;
    if (size < 2 || size > LONGEST_AREA || scan.at(close) != ')') {
      return -1;
    }
    return endBehind(scan, area, size, close + 1);
  }

  /** The end of the number whose area was read, or -1. */
  static int endBehind(Scan scan, int area, int areaSize, int behindBracket) {
    int joint = Row.joint(scan.at(behindBracket));
    int from = (joint & (Row.BLANK | Row.DASH)) == 0 ? behindBracket : behindBracket + 1;
    if (!Chars.isDigit(scan.at(from))) {
      return -1;
    }
    Row tail = new Row();
    tail.read(scan, from);
    int last = last(tail, Chars.digit(scan.at(area)), Chars.digit(scan.at(area + 1)), areaSize);
    return last < 0 || tail.continues(0, last) ? -1 : tail.end(last);
  }

  private static int last(Row tail, int first, int second, int areaSize) {
    if (first >= 2) {
      return areaSize == 3 && tail.sized(0, 3, 4) && tail.digit(0, 0) >= 2 ? 1 : -1;
    }
    return first == 0 && second > 0 ? NationalPhone.lastOfSubscriber(tail, 0, areaSize) : -1;
  }
}
