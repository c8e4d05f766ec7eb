package io.onlooker.examples.upload;

/** How large a file is, in a word that figures can be grouped by. */
final class SizeBucket {

  private static final long MEBIBYTE = 1024 * 1024;

  private SizeBucket() {}

  static String of(long bytes) {
    if (bytes < MEBIBYTE) {
      return "small";
    }
    return bytes < 10 * MEBIBYTE ? "medium" : "large";
  }
}
