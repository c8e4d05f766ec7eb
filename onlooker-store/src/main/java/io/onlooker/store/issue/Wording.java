package io.onlooker.store.issue;

import java.util.regex.Pattern;

/** What stays the same in a message when it is said of another order, user or request. */
final class Wording {

  private static final int LONGEST = 1000;

  private static final Pattern QUOTED =
      Pattern.compile("\"[^\"]*+\"|`[^`]*+`|(?<!\\w)'[^']*+'(?!\\w)|“[^”]*+”");

  /** Numbers, ids of digits and letters, versions, times: any word with a digit in it. */
  private static final Pattern NUMBERED = Pattern.compile("\\S*\\d\\S*");

  private static final Pattern SPACES = Pattern.compile("\\s++");

  private Wording() {}

  /** The message without what is quoted and without words that have digits, in lower case. */
  static String of(String message) {
    String head = message.length() <= LONGEST ? message : message.substring(0, LONGEST);
    String plain = SPACES.matcher(QUOTED.matcher(head).replaceAll("\"\"")).replaceAll(" ");
    StringBuilder wording = new StringBuilder();
    for (String word : plain.strip().split(" ", -1)) {
      wording.append(NUMBERED.matcher(word).matches() ? "#" : word).append(' ');
    }
    return wording.toString().strip().toLowerCase(java.util.Locale.ROOT);
  }
}
