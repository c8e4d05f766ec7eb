package io.onlooker.redact;

/**
 * {@code user:password} between {@code ://} and the last {@code @} before the host ends.
 *
 * <p>The slashes may be escaped as JSON writers do. Linear, because a slash ends the part that is
 * read and the next one begins behind slashes.
 */
final class UrlCredentialsFinder implements Finder {

  /** What cannot stand in user, password or host, and so ends them. */
  private static final String STOPS = "/?#\"'<>\\`{}|^";

  @Override
  public PiiKind kind() {
    return PiiKind.URL_CREDENTIALS;
  }

  @Override
  public String triggers() {
    return ":";
  }

  @Override
  public void find(Scan scan, int at) {
    int start = behindSlashes(scan, at + 1);
    if (start < 0) {
      return;
    }
    int colon = -1;
    int sign = -1;
    int end = start;
    for (; end < scan.length && !stops(scan.at(end)); end++) {
      char c = scan.at(end);
      if (c == '@') {
        sign = end;
      } else if (c == ':' && colon < 0) {
        colon = end;
      }
    }
    scan.worked(end - start);
    if (colon >= 0 && sign > colon + 1) {
      scan.found(PiiKind.URL_CREDENTIALS, start, sign);
    }
  }

  private static int behindSlashes(Scan scan, int from) {
    if (scan.text.startsWith("//", from)) {
      return from + 2;
    }
    return scan.text.startsWith("\\/\\/", from) ? from + 4 : -1;
  }

  private static boolean stops(char c) {
    return c <= ' ' || Chars.isBlank(c) || c == '\u3000' || STOPS.indexOf(c) >= 0;
  }
}
