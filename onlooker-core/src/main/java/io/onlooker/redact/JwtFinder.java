package io.onlooker.redact;

/**
 * A JSON Web Token: three parts of base64url, the first a JSON object's beginning.
 *
 * <p>Linear, because a run of such characters that is not a first part is marked as seen.
 */
final class JwtFinder implements Finder {

  private static final int SHORTEST_HEADER = 12;

  @Override
  public PiiKind kind() {
    return PiiKind.API_KEY;
  }

  /** The rarest letter of {@code eyJ}. */
  @Override
  public String triggers() {
    return "J";
  }

  @Override
  public void find(Scan scan, int at) {
    int start = at - 2;
    if (start < 0
        || !scan.text.startsWith("ey", start)
        || scan.barren(Run.HEADER, start)
        || scan.attachedBefore(start)) {
      return;
    }
    int header = scan.runEnd(start, Chars.TOKEN);
    int payload = nextPart(scan, header);
    int signature = nextPart(scan, payload);
    if (header - start >= SHORTEST_HEADER && payload > header && signature > payload) {
      scan.found(PiiKind.API_KEY, start, signature);
    } else {
      scan.markBarren(Run.HEADER, header);
    }
  }

  /** The end of the part behind the dot, or where the part before it ended when there is none. */
  private static int nextPart(Scan scan, int end) {
    int next = scan.at(end) == '.' ? scan.runEnd(end + 1, Chars.TOKEN) : end;
    return next > end + 1 ? next : end;
  }
}
