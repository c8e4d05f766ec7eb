package io.onlooker.server.web;

import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A key as its page shows it; its text is known to nobody but its holder.
 *
 * @param own whether it opens this project alone, and so may be changed here
 * @param accepted what was kept of what came with it in the last seven days
 * @param dropped what was not
 * @param limits as {@code docs/running.md} writes them, or empty
 * @param counts by category and outcome, the most frequent first
 */
record KeyLine(
    long id,
    boolean own,
    String label,
    String scope,
    String hint,
    When created,
    When used,
    When kept,
    boolean live,
    String accepted,
    String dropped,
    String limits,
    List<Count> counts) {

  private static final int DAYS = 7;

  /** A moment as it is shown, and exactly. */
  record When(String text, String exactly) {

    private static final When NEVER = new When("never", "");

    static When of(@Nullable Instant instant, Frame frame) {
      if (instant == null) {
        return NEVER;
      }
      long nanos = instant.getEpochSecond() * 1_000_000_000L;
      return new When(frame.time(nanos), Show.exactTime(nanos));
    }
  }

  /** How much of a category had an outcome: {@code accepted}, or the reason for dropping it. */
  record Count(String category, String outcome, String quantity) {

    boolean bad() {
      return !outcome.equals(KeyUse.ACCEPTED);
    }
  }

  static KeyLine of(Key key, KeyUse use, Frame frame) {
    KeyUse.Seen seen = use.seen(key.id());
    Map<Count, Long> counts = counts(key, use, frame);
    return new KeyLine(
        key.id(),
        key.project() != null,
        key.label(),
        key.scope().label(),
        key.hint() + "…",
        When.of(key.created(), frame),
        When.of(seen.used(), frame),
        When.of(seen.accepted(), frame),
        key.live(),
        Show.count(sum(counts, false)),
        Show.count(sum(counts, true)),
        key.limits(),
        counts.entrySet().stream()
            .sorted(Map.Entry.<Count, Long>comparingByValue().reversed())
            .map(entry -> counted(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static Map<Count, Long> counts(Key key, KeyUse use, Frame frame) {
    LocalDate today = frame.now().atOffset(ZoneOffset.UTC).toLocalDate();
    Map<Count, Long> counts =
        new TreeMap<>(
            java.util.Comparator.comparing(Count::category).thenComparing(Count::outcome));
    use.since(key.id(), today.minusDays(DAYS - 1L))
        .forEach((entry, quantity) ->
            counts.merge(new Count(entry.category(), entry.outcome(), ""), quantity, Long::sum));
    return counts;
  }

  private static Count counted(Count count, long quantity) {
    return new Count(count.category(), count.outcome(), Show.count(quantity));
  }

  private static long sum(Map<Count, Long> counts, boolean bad) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().bad() == bad)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
