package io.onlooker.server;

import io.onlooker.store.embedded.StoreConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long spans are kept: {@code 90d} for every project, {@code 90d,2=7d} with another time for
 * project 2, {@code 2=7d} with all others for ever.
 *
 * @param usual null keeps them for ever
 */
record KeepFor(@Nullable Duration usual, Map<Integer, Duration> byProject)
    implements StoreConfig.Retention {

  private static final Pattern PART =
      Pattern.compile("(?:([1-9][0-9]{0,8})=)?([1-9][0-9]{0,5})([hd])");

  KeepFor {
    byProject = Map.copyOf(byProject);
  }

  /**
   * Reads the setting; null and empty keep everything for ever.
   *
   * @throws IllegalArgumentException when it reads otherwise
   */
  static KeepFor parse(@Nullable String text) {
    Duration usual = null;
    Map<Integer, Duration> byProject = new HashMap<>();
    for (String part : text == null || text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "retention: " + part + " (expected: such as 90d, 12h, or 2=7d for project 2)");
      }
      long number = Long.parseLong(matcher.group(2));
      Duration kept =
          matcher.group(3).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number);
      if (matcher.group(1) == null) {
        usual = kept;
      } else {
        byProject.put(Integer.valueOf(matcher.group(1)), kept);
      }
    }
    return new KeepFor(usual, byProject);
  }

  @Override
  public @Nullable Duration of(int project) {
    return byProject.getOrDefault(project, usual);
  }
}
