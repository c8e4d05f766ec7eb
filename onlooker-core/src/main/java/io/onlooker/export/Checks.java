package io.onlooker.export;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What settings have to fulfil, and how a wrong one is shown. */
final class Checks {

  private Checks() {}

  static long atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " or more)");
    }
    return value;
  }

  static boolean web(@Nullable String scheme) {
    return scheme != null && scheme.toLowerCase(Locale.ROOT).matches("https?");
  }

  /** An address without user and password, and of bearable length. */
  static String masked(String address) {
    String shown = address.length() > 200 ? address.substring(0, 200) + "…" : address;
    return shown.replaceAll("//.*@", "//***@");
  }
}
