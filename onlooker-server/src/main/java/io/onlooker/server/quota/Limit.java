package io.onlooker.server.quota;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a category may come in some time.
 *
 * @param category null for all together
 * @param amount items; 0 for none at all
 */
record Limit(@Nullable Category category, long amount, Per per) {

  private static final Pattern TEXT =
      Pattern.compile("\\s*([a-z]+)\\s*=\\s*(?:([0-9]{1,15})\\s*/\\s*([a-z]+)|(off))\\s*");
  private static final String EXPECTED =
      "CATEGORY=AMOUNT/s, /min or /day, or CATEGORY=off; CATEGORY one of all, error, transaction,"
          + " span, log, metric, session, monitor, feedback, attachment, profile, replay, other";

  /** The time in which the amount may come. */
  enum Per {
    SECOND("s", TimeUnit.SECONDS.toNanos(1)),
    MINUTE("min", TimeUnit.MINUTES.toNanos(1)),
    /** From midnight to midnight, UTC. */
    DAY("day", TimeUnit.DAYS.toNanos(1));

    private final String label;
    private final long nanos;

    Per(String label, long nanos) {
      this.label = label;
      this.nanos = nanos;
    }

    long nanos() {
      return nanos;
    }

    private static @Nullable Per of(String label) {
      return switch (label) {
        case "s", "sec", "second" -> SECOND;
        case "m", "min", "minute" -> MINUTE;
        case "d", "day" -> DAY;
        default -> null;
      };
    }
  }

  /**
   * Reads {@code span=1000/s}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Limit parse(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(text);
    }
    Category category = Category.of(matcher.group(1));
    if (category == null && !matcher.group(1).equals("all")) {
      throw wrong(text);
    }
    if (matcher.group(4) != null) {
      return new Limit(category, 0, Per.DAY);
    }
    Per per = Per.of(matcher.group(3));
    if (per == null) {
      throw wrong(text);
    }
    return new Limit(category, Long.parseLong(matcher.group(2)), per);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("limit: " + text.strip() + " (expected: " + EXPECTED + ")");
  }

  /** Whether items of the category fall under it: a transaction is a span as well. */
  boolean covers(Category other) {
    return category == null
        || category == other
        || (category == Category.SPAN && other == Category.TRANSACTION);
  }

  /** What a client is told that ran into it. */
  String reason() {
    if (amount == 0) {
      return "disabled";
    }
    return per == Per.DAY ? "quota" : "rate_limit";
  }

  @Override
  public String toString() {
    String name = category == null ? "all" : category.label();
    return name + "=" + (amount == 0 ? "off" : amount + "/" + per.label);
  }
}
