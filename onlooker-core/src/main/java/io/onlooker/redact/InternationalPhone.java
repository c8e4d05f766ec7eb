package io.onlooker.redact;

/**
 * A telephone number with its country code, behind {@code +} or {@code 00}: 8 to 15 digits, the
 * area or a zero possibly in brackets.
 */
final class InternationalPhone {

  private static final int FEWEST = 8;
  private static final int FEWEST_BEHIND_ZEROS = 9;
  private static final int MOST = 15;

  /** Digits of a number in North America, the country code 1 included. */
  private static final int NORTH_AMERICA = 11;

  /** Two groups joined by a dot are a decimal number up to this many digits. */
  private static final int DECIMAL = 9;

  private final Scan scan;
  private int end = -1;
  private int digits;
  private int groups;
  private int joints;
  private boolean bracketed;

  /** Whether a group is anything but a pair of digits, as all bytes of a hex dump are. */
  private boolean varied;

  private InternationalPhone(Scan scan) {
    this.scan = scan;
  }

  /** The end of the number whose country code begins here, or -1. */
  static int endBehindPlus(Scan scan, int code) {
    if (!isCode(scan, code)) {
      return -1;
    }
    InternationalPhone phone = new InternationalPhone(scan);
    phone.read(code);
    boolean decimal = phone.groups == 2 && phone.joints == Row.DOT && phone.digits <= DECIMAL;
    return phone.digits >= FEWEST && !decimal && !isDate(scan, code) ? phone.end : -1;
  }

  /** The end of the number that begins with two zeros here, or -1. */
  static int endBehindZeros(Scan scan, int at) {
    if (scan.at(at) != '0' || scan.at(at + 1) != '0') {
      return -1;
    }
    boolean apart = Chars.isBlank(scan.at(at + 2));
    int code = at + (apart ? 3 : 2);
    if (!isCode(scan, code)) {
      return -1;
    }
    InternationalPhone phone = new InternationalPhone(scan);
    phone.read(code);
    boolean separated = phone.groups > 1 && (!apart || phone.varied);
    boolean inRow = (scan.row.joint(0) & phone.joints) != 0;
    return phone.digits >= FEWEST_BEHIND_ZEROS && separated && !inRow ? phone.end : -1;
  }

  private static boolean isCode(Scan scan, int at) {
    return Chars.isDigit(scan.at(at)) && Chars.digit(scan.at(at)) > 0;
  }

  /** {@code +2024-05-17}: an added line of a diff. */
  private static boolean isDate(Scan scan, int at) {
    return scan.at(at) == '2'
        && scan.at(at + 1) == '0'
        && scan.digitsEnd(at) == at + 4
        && scan.at(at + 4) == '-'
        && scan.digitsEnd(at + 5) == at + 7
        && scan.at(at + 7) == '-';
  }

  private void read(int code) {
    boolean northAmerica = Chars.digit(scan.at(code)) == 1;
    int at = code;
    while (at > 0 && readGroup(at)) {
      if (northAmerica && digits == NORTH_AMERICA) {
        return;
      }
      at = nextGroup();
    }
  }

  /** Reads a group unless it makes the number too long or is a word's beginning. */
  private boolean readGroup(int at) {
    int groupEnd = scan.digitsEnd(at);
    int size = groupEnd - at;
    if (size == 0 || digits + size > MOST || scan.attachedAfter(groupEnd)) {
      return false;
    }
    joints |= groups == 0 ? 0 : Row.joint(scan.at(at - 1));
    varied |= groups > 0 && size > 2;
    digits += size;
    groups++;
    end = groupEnd;
    return true;
  }

  /** Where the next group begins, behind a joint or brackets, or -1. */
  private int nextGroup() {
    int joint = Row.joint(scan.at(end));
    int at = joint == 0 ? end : end + 1;
    if (scan.at(at) == '(' && !bracketed) {
      bracketed = true;
      return behindBracket(at + 1);
    }
    return joint == 0 ? -1 : at;
  }

  private int behindBracket(int from) {
    int close = scan.digitsEnd(from);
    if (close == from || scan.at(close) != ')') {
      return -1;
    }
    int at = Row.joint(scan.at(close + 1)) == 0 ? close + 1 : close + 2;
    if (!Chars.isDigit(scan.at(at))) {
      return -1;
    }
    digits += close - from;
    varied = true;
    groups++;
    return at;
  }
}
