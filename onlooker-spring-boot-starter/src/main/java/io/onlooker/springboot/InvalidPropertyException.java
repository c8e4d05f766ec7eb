package io.onlooker.springboot;

import static java.util.Locale.ROOT;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property with a value that cannot be: which, its value unless secret, and what can be. */
final class InvalidPropertyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the SDK says of an option: {@code tracesSampleRate: 1.5 (expected: 0.0 to 1.0)}. */
  private static final Pattern OPTION = Pattern.compile("([a-z][a-zA-Z]*): .*", Pattern.DOTALL);

  private static final Pattern HUMP = Pattern.compile("[A-Z]");

  private InvalidPropertyException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The SDK's complaint about an option, about the property of the same name; others as they are.
   */
  static RuntimeException of(IllegalArgumentException complaint) {
    String message = String.valueOf(complaint.getMessage());
    Matcher option = OPTION.matcher(message);
    if (!option.matches()) {
      return complaint;
    }
    String name = option.group(1);
    String property = HUMP.matcher(name).replaceAll(hump -> "-" + hump.group().toLowerCase(ROOT));
    return new InvalidPropertyException(
        "onlooker." + property + message.substring(name.length()), complaint);
  }
}
