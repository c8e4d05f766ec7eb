package io.onlooker.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version of a library the application has. */
final class LibraryVersion {

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

  private LibraryVersion() {}

  /** As the manifest of the type's jar says; null when it does not. */
  static @Nullable String ofManifest(Class<?> type) {
    return type.getPackage().getImplementationVersion();
  }

  /**
   * As Maven's file in the type's jar says; null without one.
   *
   * @param artifact {@code GROUP/ARTIFACT}
   */
  static @Nullable String ofMaven(Class<?> type, String artifact) {
    String file = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream found = type.getResourceAsStream(file)) {
      Properties maven = new Properties();
      if (found != null) {
        maven.load(found);
      }
      return maven.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a version is between two others; one that has no numbers is. */
  static boolean within(String version, String oldest, String newest) {
    int[] numbers = numbers(version);
    return numbers.length == 0
        || (Arrays.compare(numbers, numbers(oldest)) >= 0
            && Arrays.compare(numbers, numbers(newest)) <= 0);
  }

  private static int[] numbers(String version) {
    Matcher matcher = NUMBERS.matcher(version);
    if (!matcher.matches()) {
      return new int[0];
    }
    String last = matcher.group(3);
    return new int[] {
      Integer.parseInt(matcher.group(1)),
      Integer.parseInt(matcher.group(2)),
      last == null ? 0 : Integer.parseInt(last)
    };
  }
}
