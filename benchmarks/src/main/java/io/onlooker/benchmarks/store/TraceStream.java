package io.onlooker.benchmarks.store;

import static io.onlooker.benchmarks.store.Operation.AGENT;
import static io.onlooker.benchmarks.store.Operation.REQUEST;

import io.onlooker.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up traces, the same for the same seed: of 1 to 60 spans, 20 on average; four of ten are runs
 * of agents, the others web requests. With its ids and times a span has about 28 attributes, some
 * ten of them out of 169 keys that few spans have.
 */
final class TraceStream {

  static final Instant START = Instant.parse("2025-10-09T08:00:00Z");
  static final Duration RANGE = Duration.ofDays(7);

  private static final int LONG_TRACES_PERCENT = 5;

  private final SplittableRandom random;
  private final SpanMaker maker;
  private final long spans;
  private final long firstNanos;
  private final long stepNanos;
  private long made;

  /**
   * @param spans in all; they begin at even distances in {@link #RANGE}
   */
  TraceStream(long seed, long spans) {
    this(seed, spans, START, RANGE);
  }

  TraceStream(long seed, long spans, Instant start, Duration range) {
    random = new SplittableRandom(seed);
    maker = new SpanMaker(random, new Texts());
    this.spans = spans;
    firstNanos = start.getEpochSecond() * 1_000_000_000L;
    stepNanos = range.toNanos() / spans;
  }

  /** The spans of the next trace, its root first; empty at the end. */
  List<SpanData> next() {
    int size = (int) Math.min(size(), spans - made);
    List<SpanData> trace = new ArrayList<>(size);
    if (size > 0) {
      SpanMaker.Run run = maker.begin(random.nextInt(100) < 40);
      List<Operation> below = run.agent() ? Operation.OF_AGENTS : Operation.OF_REQUESTS;
      Operation root = run.agent() ? AGENT : REQUEST;
      for (int i = 0; i < size; i++) {
        Operation operation = i == 0 ? root : below.get(random.nextInt(below.size()));
        trace.add(maker.span(run, operation, i == 0, start()));
      }
    }
    return trace;
  }

  private int size() {
    int size = 1 + random.nextInt(20) + random.nextInt(20);
    return random.nextInt(100) < LONG_TRACES_PERCENT ? size + random.nextInt(22) : size;
  }

  private long start() {
    return firstNanos + made++ * stepNanos + random.nextInt(2_000_000);
  }
}
