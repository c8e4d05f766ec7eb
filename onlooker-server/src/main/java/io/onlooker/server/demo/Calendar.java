package io.onlooker.server.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who comes when, day by day: the same for the same moment, so that figures over it are known.
 *
 * <p>A day is the 24 hours up to now. Nobody comes in its first ten minutes, so that a little later
 * each visit still lies in the same day.
 */
final class Calendar {

  private static final int TODAY = 2_414;
  private static final Duration NEWEST = Duration.ofMinutes(1);
  private static final Duration OLDEST = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofHours(24);

  /** How busy each hour of a day is, the last one now. */
  private static final int[] CURVE = {
    24, 32, 44, 52, 62, 70, 78, 98, 104, 92, 84, 100, 96, 110, 98, 92, 84, 80, 84, 72, 66, 62, 60,
    52
  };

  private static final String[] TOOLED = {"Customer Support", "Customer Support", "Triage"};

  private Calendar() {}

  /**
   * The visits of a day.
   *
   * @param daysAgo 0 for the one that ends now
   */
  static List<Visit> day(Instant now, int daysAgo) {
    SplittableRandom random = new SplittableRandom(77 + daysAgo);
    Instant end = now.minus(DAY.multipliedBy(daysAgo)).minus(NEWEST);
    List<Instant> times = times(random, end, TODAY - 71 * Math.min(daysAgo, 1) - 13 * daysAgo);
    List<Fate> fates = fates(random, times.size(), daysAgo);
    List<Visit> visits = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      boolean slow = daysAgo == 0 && i > times.size() * 0.72 && random.nextInt(5) == 0;
      visits.add(visit(random, daysAgo * 10_000 + i, times.get(i), fates.get(i), slow));
    }
    return visits;
  }

  private static Visit visit(
      SplittableRandom random, int number, Instant start, Fate fate, boolean slow) {
    int conversation = number / 3;
    String agent =
        fate == Fate.BAD_JSON
            ? "Triage"
            : fate == Fate.TOOL_TIMEOUT
                ? "Customer Support"
                : conversation % 11 == 5 ? "Research" : TOOLED[conversation % TOOLED.length];
    int model = fate == Fate.RATE_LIMIT || fate == Fate.CONTEXT_LENGTH ? 0 : random.nextInt(100);
    String name = fate == Fate.CONTEXT_LENGTH ? "gpt-4o-mini" : model(model);
    return new Visit(
        number,
        start,
        agent,
        name.startsWith("claude") ? "anthropic" : name.startsWith("gpt") ? "openai" : "acme",
        name,
        user(fate, conversation),
        "th-" + conversation,
        random.nextInt(6),
        fate,
        slow);
  }

  /** One person asks again and again until the context is full. */
  private static String user(Fate fate, int conversation) {
    return fate == Fate.CONTEXT_LENGTH
        ? "user-17"
        : "user-" + (1 + Math.floorMod(conversation * 7919, 611));
  }

  private static String model(int chance) {
    return chance < 36
        ? "gpt-4o"
        : chance < 70 ? "claude-sonnet-4" : chance < 99 ? "gpt-4o-mini" : "acme-llm-2";
  }

  private static List<Instant> times(SplittableRandom random, Instant end, int visits) {
    int sum = 0;
    for (int weight : CURVE) {
      sum += weight;
    }
    long length = DAY.minus(NEWEST).minus(OLDEST).toMillis();
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < visits; i++) {
      int at = random.nextInt(sum);
      int hour = 0;
      while (at >= CURVE[hour]) {
        at -= CURVE[hour++];
      }
      double share = (hour + random.nextDouble()) / CURVE.length;
      times.add(end.minusMillis(length - (long) (share * length)));
    }
    times.sort(Comparator.naturalOrder());
    return times;
  }

  /** Today the order system hangs; on other days it does not. */
  private static List<Fate> fates(SplittableRandom random, int visits, int daysAgo) {
    List<Fate> fates = new ArrayList<>(java.util.Collections.nCopies(visits, Fate.WELL));
    if (daysAgo == 0) {
      place(random, fates, Fate.TOOL_TIMEOUT, 41, 0.70);
    }
    place(random, fates, Fate.RATE_LIMIT, daysAgo == 0 ? 12 : 9 + daysAgo % 3, 0);
    place(random, fates, Fate.BAD_JSON, daysAgo == 0 ? 6 : daysAgo < 4 ? 5 : 0, 0);
    place(random, fates, Fate.CONTEXT_LENGTH, daysAgo < 9 ? 2 : 0, 0);
    place(random, fates, Fate.RECOVERS, daysAgo == 0 ? 102 : 26 + daysAgo % 4, 0);
    return fates;
  }

  private static void place(
      SplittableRandom random, List<Fate> fates, Fate fate, int times, double from) {
    int first = (int) (fates.size() * from);
    int left = times;
    while (left > 0) {
      int at = first + random.nextInt(fates.size() - first);
      if (fates.get(at) == Fate.WELL) {
        fates.set(at, fate);
        left--;
      }
    }
  }
}
