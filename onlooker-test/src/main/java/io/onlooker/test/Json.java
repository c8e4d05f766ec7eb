package io.onlooker.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much JSON as scripted answers need. */
final class Json {

  private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");
  private static final Pattern USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");
  private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

  private Json() {}

  static boolean asksForStream(String body) {
    return STREAM.matcher(body).find();
  }

  static boolean asksForUsage(String body) {
    return USAGE.matcher(body).find();
  }

  /** The model that a request names; an answer names it too. */
  static String model(String body) {
    Matcher model = MODEL.matcher(body);
    return model.find() ? model.group(1) : "none";
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static String error(ScriptedModelServer.Reply reply) {
    return "{\"error\":{\"message\":%s,\"type\":\"scripted\",\"param\":null,\"code\":\"%d\"}}"
        .formatted(quoted(reply.text()), reply.status());
  }

  /** Words with the blanks behind them, as a model streams them. */
  static java.util.List<String> pieces(String text) {
    return java.util.List.of(text.split("(?<= )", -1));
  }
}
