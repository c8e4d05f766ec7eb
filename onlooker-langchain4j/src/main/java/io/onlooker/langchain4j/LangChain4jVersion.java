package io.onlooker.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of LangChain4j that the application brought. An older one than promised is left alone
 * as a whole: hooks that find half of what they need are worse than none. A newer one is recorded.
 * The log says so, once.
 */
final class LangChain4jVersion {

  private static final System.Logger LOG = System.getLogger("io.onlooker");
  private static final String OLDEST = "1.16.1";
  private static final String NEWEST = "1.19";
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
  private static final String PROPERTIES =
      "/META-INF/maven/dev.langchain4j/langchain4j/pom.properties";

  private LangChain4jVersion() {}

  /** Whether services that are built can be recorded. */
  static boolean supported() {
    return Found.SUPPORTED;
  }

  /** What there is to say about a version; null when it is one of those promised, or unknown. */
  static @Nullable String problem(@Nullable String version) {
    if (version == null || number(version) < 0) {
      return null;
    }
    if (older(version)) {
      return "langchain4j " + version + ": not recorded (expected: " + OLDEST + " or newer)";
    }
    return number(version) / 1_000 > number(NEWEST) / 1_000
        ? "langchain4j " + version + ": newer than " + NEWEST + ", the newest that was tested"
        : null;
  }

  static boolean older(@Nullable String version) {
    long number = version == null ? -1 : number(version);
    return number >= 0 && number < number(OLDEST);
  }

  private static long number(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.matches()
        ? part(numbers, 1) * 1_000_000 + part(numbers, 2) * 1_000 + part(numbers, 3)
        : -1;
  }

  private static long part(Matcher numbers, int group) {
    String digits = numbers.group(group);
    return digits == null ? 0 : Math.min(999, Long.parseLong(digits));
  }

  /** Null when the library's jar was repackaged. */
  private static @Nullable String read() {
    try (InputStream file =
        dev.langchain4j.service.AiServiceContext.class.getResourceAsStream(PROPERTIES)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }

  /** Looked up when the first service is built. */
  private static final class Found {

    static final boolean SUPPORTED = check(read());

    private static boolean check(@Nullable String version) {
      String problem = problem(version);
      if (problem != null) {
        LOG.log(Level.WARNING, problem);
      }
      return !older(version);
    }
  }
}
