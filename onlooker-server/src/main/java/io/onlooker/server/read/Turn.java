package io.onlooker.server.read;

import io.onlooker.store.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A session among those of its conversation. They stand in the order of their senders' clocks;
 * where these cannot be right, the turn says so, since the order may be wrong there.
 */
public record Turn(Session session, Clock clock) {

  /** Clocks that are set by the network differ by less. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What speaks against the time of a turn; the first of these that holds. */
  public enum Clock {
    /** It starts later than now. */
    AHEAD("starts in the future: the sender's clock is ahead"),
    /** Something inside it began before it, or it ended before it began. */
    CONTRADICTS_ITSELF("its own steps lie before its start: the senders' clocks differ"),
    /** It began before the turn above ended, so clocks differ, or both ran at once. */
    OVERLAPS("began before the turn above had ended: the clocks differ, or both ran at once"),
    /** Nothing does. */
    AGREES("");

    private final String sentence;

    Clock(String sentence) {
      this.sentence = sentence;
    }

    /** For a person; empty when nothing speaks against it. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * The turns of a conversation, or of one page of it; sub-agents' sessions among them overlap
   * nothing.
   *
   * @param sessions in order of start
   * @param now of this machine
   */
  public static List<Turn> of(List<Session> sessions, Instant now) {
    long nowNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    Set<String> ids = new HashSet<>();
    sessions.forEach(session -> ids.add(session.id()));
    List<Turn> turns = new ArrayList<>();
    long ended = Long.MIN_VALUE;
    for (Session session : sessions) {
      boolean inner = ids.contains(String.valueOf(session.parentSessionId()));
      boolean overlaps = !inner && session.startNanos() + LEAST_NANOS < ended;
      turns.add(new Turn(session, clock(session, overlaps, nowNanos)));
      ended = inner ? ended : Math.max(ended, session.endNanos());
    }
    return List.copyOf(turns);
  }

  private static Clock clock(Session session, boolean overlaps, long nowNanos) {
    if (session.startNanos() - LEAST_NANOS > nowNanos) {
      return Clock.AHEAD;
    }
    if (session.skewNanos() > 0) {
      return Clock.CONTRADICTS_ITSELF;
    }
    return overlaps ? Clock.OVERLAPS : Clock.AGREES;
  }
}
