package io.onlooker.redact;

/**
 * A private key block in PEM, from its BEGIN to its END line, whatever the line ends look like.
 *
 * <p>A block that was cut off counts as far as its lines go. Linear, because the search for the END
 * line stops at the next BEGIN line.
 */
final class PrivateKeyFinder implements Finder {

  private static final String RULE = "-----";
  private static final String BEGIN = RULE + "BEGIN ";
  private static final String END = RULE + "END ";
  private static final int LONGEST_NAME = 40;

  /** The shortest run that is a line of a key and not a word of a sentence. */
  private static final int SHORTEST_LINE = 16;

  @Override
  public PiiKind kind() {
    return PiiKind.API_KEY;
  }

  @Override
  public String triggers() {
    return "-";
  }

  @Override
  public void find(Scan scan, int at) {
    if (!scan.text.startsWith(BEGIN, at)) {
      return;
    }
    int body = behindName(scan, at + BEGIN.length());
    if (body > 0) {
      int end = endOfBlock(scan, body);
      if (end > body) {
        scan.found(PiiKind.API_KEY, at, end);
      }
    }
  }

  /** Where the line with the key's name ends, or -1 when it names no private key. */
  private static int behindName(Scan scan, int from) {
    int end = from;
    while (end - from < LONGEST_NAME && isName(scan.at(end))) {
      end++;
    }
    String name = scan.text.substring(from, end);
    boolean secret = name.endsWith("PRIVATE KEY") || name.endsWith("PRIVATE KEY BLOCK");
    return secret && scan.text.startsWith(RULE, end) ? end + RULE.length() : -1;
  }

  private static int endOfBlock(Scan scan, int body) {
    int rule = scan.text.indexOf(RULE, body);
    scan.worked((rule < 0 ? scan.length : rule) - body);
    if (rule >= 0 && scan.text.startsWith(END, rule)) {
      int end = behindName(scan, rule + END.length());
      if (end > 0) {
        return end;
      }
    }
    return endOfLines(scan, body);
  }

  private static int endOfLines(Scan scan, int body) {
    int end = body;
    int at = body;
    while (at < scan.length) {
      int start = at;
      while (isKeyText(scan.at(at))) {
        at++;
      }
      scan.worked(at - start);
      if (at - start >= SHORTEST_LINE) {
        end = at;
      } else if (at > start + 1) {
        return end;
      }
      if (!isLineEnd(scan.at(at))) {
        return end;
      }
      at++;
    }
    return end;
  }

  private static boolean isName(char c) {
    return Chars.is(c, Chars.UPPER | Chars.DIGIT) || c == ' ';
  }

  private static boolean isKeyText(char c) {
    return Chars.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\\' || c == ' ' || c == '\t';
  }
}
