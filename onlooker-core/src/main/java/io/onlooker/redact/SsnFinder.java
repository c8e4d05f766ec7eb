package io.onlooker.redact;

/** A US social security number: 3-2-4 digits with dashes, in the ranges that are given out. */
final class SsnFinder implements Finder {

  private static final int VOID_AREA = 666;
  private static final int LAST_AREA = 899;

  @Override
  public PiiKind kind() {
    return PiiKind.SSN;
  }

  @Override
  public String triggers() {
    return DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    Row row = scan.row;
    if (row.sized(0, 3, 2, 4)
        && row.joined(0, 2, Row.DASH)
        && issued(row)
        && !scan.attachedBefore(at)
        && row.joint(0) != Row.DASH
        && !scan.attachedAfter(row.end(2))
        && !dashedOn(scan, row.end(2))) {
      scan.found(PiiKind.SSN, at, row.end(2));
    }
  }

  private static boolean issued(Row row) {
    int area = row.value(0);
    return area > 0
        && area != VOID_AREA
        && area <= LAST_AREA
        && row.value(1) > 0
        && row.value(2) > 0;
  }

  private static boolean dashedOn(Scan scan, int end) {
    return Chars.isDash(scan.at(end)) && Chars.isDigit(scan.at(end + 1));
  }
}
