package io.onlooker.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over sessions that belong together.
 *
 * @param key what they share; empty for the group of all
 * @param times in milliseconds over those that ended
 * @param usage over those that no other session of the store began, so that the tokens of a
 *     sub-agent count once; in groups of an agent over all of its own
 * @param cost likewise
 * @param names at most 20 of each; empty but in groups of a user or a conversation
 */
public record SessionGroup(
    String key,
    Counts counts,
    Times times,
    Session.Usage usage,
    Session.Cost cost,
    long steps,
    Span span,
    Names names) {

  /**
   * How many sessions there are.
   *
   * @param runs those that no other session of the store began
   */
  public record Counts(
      long sessions,
      long runs,
      long failed,
      long recovered,
      long running,
      long users,
      long conversations) {

    /** 0 to 1; 0 without sessions. */
    public double failureRate() {
      return sessions == 0 ? 0 : (double) failed / sessions;
    }
  }

  /** Null when none ended. */
  public record Times(
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double longest,
      @Nullable Double mean) {}

  /** From the first start to the last sign of life, in nanoseconds since 1970-01-01T00:00Z. */
  public record Span(long firstStartNanos, long lastStartNanos, long lastActiveNanos) {}

  /** Who and what took part, and how it began and ended. */
  public record Names(
      List<String> users,
      List<String> agents,
      @Nullable String firstInput,
      @Nullable String lastOutput) {

    public Names {
      users = List.copyOf(users);
      agents = List.copyOf(agents);
    }
  }
}
