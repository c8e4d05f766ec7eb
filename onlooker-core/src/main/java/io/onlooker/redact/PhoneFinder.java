package io.onlooker.redact;

/**
 * A telephone number. A group of a longer row of digit groups is none; an extension stays.
 *
 * <p>Numbers with a country code are read by {@link InternationalPhone}, those with an area in
 * brackets by {@link BracketedPhone}, the others by {@link NationalPhone}.
 */
final class PhoneFinder implements Finder {

  @Override
  public PiiKind kind() {
    return PiiKind.PHONE;
  }

  @Override
  public String triggers() {
    return "+(" + DIGITS;
  }

  @Override
  public void find(Scan scan, int at) {
    char c = scan.at(at);
    int end = c == '+' || c == '(' || scan.row.count() > 0 ? end(scan, at, c) : -1;
    if (end > 0 && !scan.attachedBefore(at)) {
      scan.found(PiiKind.PHONE, at, end);
    }
  }

  private static int end(Scan scan, int at, char c) {
    if (c == '+') {
      return InternationalPhone.endBehindPlus(scan, at + 1);
    }
    if (c == '(') {
      return BracketedPhone.end(scan, at);
    }
    int end = NationalPhone.end(scan);
    return end > 0 ? end : InternationalPhone.endBehindZeros(scan, at);
  }
}
