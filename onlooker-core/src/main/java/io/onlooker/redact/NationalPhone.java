package io.onlooker.redact;

/**
 * A telephone number as people write it at home in the US, Korea, Germany, the UK and France,
 * always with something between its groups.
 */
final class NationalPhone {

  private static final int SEPARATED = Row.BLANK | Row.DOT | Row.DASH;
  private static final int FEWEST_SUBSCRIBER = 6;
  private static final int MOST = 12;

  private NationalPhone() {}

  /** The end of the number that the scan's row begins with, or -1. */
  static int end(Scan scan) {
    Row row = scan.row;
    if (row.count() == 1) {
      return endBehindBracket(scan, row);
    }
    int last = last(row);
    return last < 0 || row.continues(0, last) ? -1 : row.end(last);
  }

  /**
   * The last group of a subscriber's number that fills an area to 9 to 12 digits, or -1.
   *
   * @param from the first group behind the area
   */
  static int lastOfSubscriber(Row row, int from, int areaSize) {
    int digits = 0;
    int last = -1;
    for (int i = from; i < row.count() && i < from + 4; i++) {
      boolean joined = i == from || (row.joint(i) & (Row.BLANK | Row.DASH)) != 0;
      if (!joined || row.size(i) < 2 || areaSize + digits + row.size(i) > MOST) {
        break;
      }
      digits += row.size(i);
      last = i;
    }
    return digits >= FEWEST_SUBSCRIBER ? last : -1;
  }

  /** {@code 1 (503) 555-0104} and {@code 02)123-4567}: the row ends at a bracket. */
  private static int endBehindBracket(Scan scan, Row row) {
    int end = row.end(0);
    if (row.size(0) == 1 && row.digit(0, 0) == 1 && Row.joint(scan.at(end)) != 0) {
      return scan.at(end + 1) == '(' ? BracketedPhone.end(scan, end + 1) : -1;
    }
    boolean area = koreanArea(row) && scan.at(end) == ')';
    return area ? BracketedPhone.endBehind(scan, row.start(0), row.size(0), end + 1) : -1;
  }

  private static int last(Row row) {
    int first = row.digit(0, 0);
    if (first == 1) {
      return american(row, 1) && trunk(row) ? 3 : -1;
    }
    if (first >= 2) {
      return american(row, 0) ? 2 : -1;
    }
    return row.size(0) > 1 && row.digit(0, 1) > 0 ? lastBehindZero(row) : -1;
  }

  private static boolean american(Row row, int from) {
    return row.sized(from, 3, 3, 4) && row.digit(from, 0) >= 2 && row.digit(from + 1, 0) >= 2;
  }

  /** Whether the first group is the 1 that is dialled before the area. */
  private static boolean trunk(Row row) {
    return row.size(0) == 1 && (row.joint(1) == Row.DASH || row.joint(1) == row.joint(2));
  }

  private static int lastBehindZero(Row row) {
    if (korean(row)) {
      return 2;
    }
    if (row.sized(0, 2, 2, 2, 2, 2)) {
      return french(row) ? 4 : -1;
    }
    if (row.size(0) < 3 || row.size(0) > 5) {
      return -1;
    }
    if ((row.joint(1) & (Row.BLANK | Row.SLASH)) != 0) {
      return lastOfSubscriber(row, 1, row.size(0));
    }
    return dashed(row);
  }

  private static boolean korean(Row row) {
    return row.count() > 2
        && koreanArea(row)
        && (row.size(1) == 3 || row.size(1) == 4)
        && row.size(2) == 4
        && row.joined(0, 2, SEPARATED);
  }

  /** Mobile 010, 011, 016 to 019; areas 02, 031 to 064; 070 for the internet, 080 toll-free. */
  private static boolean koreanArea(Row row) {
    if (row.size(0) == 2) {
      return row.value(0) == 2 && row.digit(0, 0) == 0;
    }
    int area = row.value(0);
    boolean mobile = area == 10 || area == 11 || (area >= 16 && area <= 19);
    return row.size(0) == 3 && (mobile || (area >= 31 && area <= 64) || area == 70 || area == 80);
  }

  private static boolean french(Row row) {
    return row.joined(0, 4, SEPARATED) && Integer.bitCount(row.joints(0, 4)) == 1;
  }

  /** German and British numbers with dashes or dots; narrow, as part numbers look alike. */
  private static int dashed(Row row) {
    int second = row.digit(0, 1);
    if (row.sized(0, 3, 4, 4) && second == 2) {
      return 2;
    }
    if (row.sized(0, 4, 3, 4) && (second == 1 || second == 3 || second == 8)) {
      return 2;
    }
    if (row.sized(0, 5, 6) && (second == 1 || second == 7)) {
      return 1;
    }
    boolean german = germanMobile(row) || germanCity(row);
    return german && (row.size(1) == 7 || row.size(1) == 8) ? 1 : -1;
  }

  private static boolean germanMobile(Row row) {
    int third = row.digit(0, 2);
    return row.size(0) == 4 && row.digit(0, 1) == 1 && third >= 5 && third <= 7;
  }

  private static boolean germanCity(Row row) {
    int area = row.value(0);
    return row.size(0) == 3 && (area == 30 || area == 40 || area == 69 || area == 89);
  }
}
