package io.onlooker.export;

import io.onlooker.ErrorData.Frame;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames of a V8 stack trace: {@code at function (file:line:column)}. */
final class JavaScriptStack {

  private static final Pattern FRAME =
      Pattern.compile("^\\s*at (?:async )?(?:(.*) \\()?(.*?):(\\d{1,9}):\\d+\\)?$");

  private JavaScriptStack() {}

  static List<Frame> frames(String stack) {
    return stack
        .lines()
        .map(FRAME::matcher)
        .filter(Matcher::matches)
        .map(JavaScriptStack::frame)
        .toList();
  }

  private static Frame frame(Matcher line) {
    String file = line.group(2);
    boolean own = !file.contains("/node_modules/") && !file.startsWith("node:");
    return new Frame(null, line.group(1), file, Integer.parseInt(line.group(3)), own);
  }
}
