package io.onlooker.redact;

/**
 * An IPv6 address in any form of RFC 4291; a mapped IPv4 address is part of it.
 *
 * <p>Asked at the first colon. Reads at most eight groups. What programs are full of stays: {@code
 * ::1}, {@code std::vector}, {@code list[1::2]}, MAC addresses and EUI-64.
 */
final class Ipv6Finder implements Finder {

  private static final int GROUPS = 8;

  @Override
  public PiiKind kind() {
    return PiiKind.IP;
  }

  @Override
  public String triggers() {
    return ":";
  }

  @Override
  public void find(Scan scan, int at) {
    int start = start(scan, at);
    if (start < 0) {
      return;
    }
    Address address = new Address(scan, start);
    if (address.read() && address.tells()) {
      scan.found(PiiKind.IP, start, address.at);
    }
  }

  /** The start of the group before the colon, or -1 when no address can begin there. */
  private static int start(Scan scan, int colon) {
    char next = scan.at(colon + 1);
    if (next != ':' && !Chars.is(next, Chars.HEX)) {
      return -1;
    }
    int start = colon;
    while (start > scan.border() && colon - start <= 4 && Chars.is(scan.at(start - 1), Chars.HEX)) {
      start--;
    }
    boolean group = start < colon || next == ':';
    boolean behindColon = start > scan.border() && scan.at(start - 1) == ':';
    return group && colon - start <= 4 && !behindColon && !scan.attachedBefore(start) ? start : -1;
  }

  /** The reading of one address. */
  private static final class Address {

    private final Scan scan;
    private int at;
    private int groups;
    private int longest;
    private boolean compressed;
    private boolean digit;
    private boolean pairs = true;
    private int embedded = -1;

    /** Up to which value the groups add up: the unspecified address is 0, loopback is 1. */
    private int sum;

    Address(Scan scan, int start) {
      this.scan = scan;
      this.at = start;
    }

    boolean read() {
      while (groups <= GROUPS) {
        if (scan.text.startsWith("::", at)) {
          if (compressed) {
            return false;
          }
          compressed = true;
          at += 2;
        } else if (groups > 0) {
          if (scan.at(at) != ':' || !Chars.is(scan.at(at + 1), Chars.HEX)) {
            break;
          }
          at++;
        }
        if (!readGroup()) {
          break;
        }
      }
      return complete();
    }

    private boolean complete() {
      boolean full = compressed ? groups < GROUPS : groups == GROUPS;
      char next = scan.at(at);
      boolean goesOn =
          next == ':' && (scan.at(at + 1) == ':' || Chars.is(scan.at(at + 1), Chars.HEX));
      return full && !goesOn && !Chars.is(next, Chars.LETTER_OR_DIGIT | Chars.LOW_LINE);
    }

    private boolean readGroup() {
      int end = at;
      while (end - at <= 4 && Chars.is(scan.at(end), Chars.HEX)) {
        digit |= Chars.is(scan.at(end), Chars.DIGIT);
        end++;
      }
      if (scan.at(end) == '.' && groups + 1 < GROUPS) {
        int quad = Ipv4Finder.end(scan, at);
        if (quad > 0) {
          embedded = at;
          at = quad;
          groups += 2;
          return false;
        }
      }
      if (end == at || end - at > 4) {
        return false;
      }
      groups++;
      longest = Math.max(longest, end - at);
      pairs &= end - at == 2;
      sum += Integer.parseInt(scan.text, at, end, 16);
      at = end;
      return true;
    }

    boolean tells() {
      if (embedded >= 0) {
        return Ipv4Finder.tells(scan, embedded, at);
      }
      return digit && sum > 1 && (compressed ? longest >= 3 : !pairs);
    }
  }
}
