package io.onlooker.redact;

/** An IPv4 address, private ones too; port and prefix length stay, loopback and 0.0.0.0 too. */
final class Ipv4Finder implements Finder {

  private static final int LOOPBACK = 127;

  @Override
  public PiiKind kind() {
    return PiiKind.IP;
  }

  @Override
  public String triggers() {
    return DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    if (scan.attachedBefore(at)
        || (at > scan.border() && scan.at(at - 1) == '_')
        || partBefore(scan, at)) {
      return;
    }
    int end = end(scan, at);
    if (end > 0 && tells(scan, at, end)) {
      scan.found(PiiKind.IP, at, end);
    }
  }

  /** The end of the four octets that begin here, or -1. */
  static int end(Scan scan, int from) {
    int at = from;
    for (int octet = 1; ; octet++) {
      int end = octetEnd(scan, at);
      if (end < 0) {
        return -1;
      }
      if (octet == 4) {
        return partAfter(scan, end) || Chars.is(scan.at(end), Chars.LETTER | Chars.LOW_LINE)
            ? -1
            : end;
      }
      if (scan.at(end) != '.') {
        return -1;
      }
      at = end + 1;
    }
  }

  /** Whether the address says anything about a machine: loopback and unspecified do not. */
  static boolean tells(Scan scan, int from, int end) {
    int first = octet(scan, from, octetEnd(scan, from));
    return first != LOOPBACK && !scan.text.regionMatches(from, "0.0.0.0", 0, end - from);
  }

  private static int octetEnd(Scan scan, int from) {
    int end = from;
    while (end - from < 4 && Chars.is(scan.at(end), Chars.DIGIT)) {
      end++;
    }
    int size = end - from;
    boolean valid =
        size == 1 || (size > 1 && size < 4 && scan.at(from) != '0' && octet(scan, from, end) < 256);
    return valid ? end : -1;
  }

  private static int octet(Scan scan, int from, int end) {
    int value = 0;
    for (int i = from; i < end; i++) {
      value = value * 10 + scan.at(i) - '0';
    }
    return value;
  }

  private static boolean partBefore(Scan scan, int at) {
    return scan.at(at - 1) == '.' && Chars.is(scan.at(at - 2), Chars.DIGIT);
  }

  private static boolean partAfter(Scan scan, int end) {
    return scan.at(end) == '.' && Chars.is(scan.at(end + 1), Chars.DIGIT);
  }
}
