package io.onlooker.server.web;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.server.read.Step;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a waterfall for the script that draws those in view, column by column: thousands of
 * steps stay as small as their ids.
 *
 * <p>Times are whole microseconds. A number that is not known, or makes no sense for the step, is
 * -1; text stands once in a table and rows name it by its place there.
 *
 * @param length from the first start to the last end, or to now while a step runs
 * @param ids span ids one behind the other, 16 characters each
 * @param depths 0 for the first level; a step lies below the last one before it that is less deep
 * @param kinds places in {@link #KINDS}
 * @param starts each counted from the start of the row before it
 * @param takes how long each took; -1 while it runs
 * @param usd dollars; -1 for what costs nothing by nature, less for the reason (−2 − its place in
 *     {@code reasons}) why nobody knows
 * @param firsts how long until the first token
 * @param faults why the steps that failed did, by row
 * @param gaps stretches without any step: the row each stands before, its start and its end
 */
record StepRows(
    long length,
    boolean running,
    String ids,
    int[] depths,
    int[] kinds,
    List<String> names,
    int[] named,
    long[] starts,
    long[] takes,
    long[] in,
    long[] out,
    double[] usd,
    List<String> reasons,
    long[] firsts,
    Map<Integer, String> faults,
    List<long[]> gaps) {

  static final List<SpanKind> KINDS =
      List.of(
          SpanKind.AGENT,
          SpanKind.MODEL,
          SpanKind.TOOL,
          SpanKind.DATA,
          SpanKind.WORKFLOW,
          SpanKind.OTHER);

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_FAULT = 300;

  /**
   * The rows of these steps.
   *
   * @param tree whether steps lie below one another; without it each is on the first level
   */
  static StepRows of(List<Step> steps, Window whole, boolean tree) {
    Columns columns = new Columns(steps, whole);
    for (int i = 0; i < steps.size(); i++) {
      columns.set(i, steps.get(i), tree ? steps.get(i).depth() : 0);
    }
    return columns.rows(tree ? Gaps.of(steps, whole) : List.of());
  }

  /** What the rows are gathered in. */
  private static final class Columns {

    private final Window whole;
    private final StringBuilder ids;
    private final int[] depths;
    private final int[] kinds;
    private final int[] named;
    private final long[] starts;
    private final long[] takes;
    private final long[] in;
    private final long[] out;
    private final double[] usd;
    private final long[] firsts;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final Map<Integer, String> faults = new LinkedHashMap<>();
    private boolean running;
    private long before;

    Columns(List<Step> steps, Window whole) {
      int size = steps.size();
      this.whole = whole;
      this.ids = new StringBuilder(size * 16);
      this.depths = new int[size];
      this.kinds = new int[size];
      this.named = new int[size];
      this.starts = new long[size];
      this.takes = new long[size];
      this.in = new long[size];
      this.out = new long[size];
      this.usd = new double[size];
      this.firsts = new long[size];
    }

    void set(int i, Step step, int depth) {
      SpanData span = step.span();
      long start = micros(span.startNanos() - whole.startNanos());
      ids.append(span.spanId());
      depths[i] = depth;
      kinds[i] = KINDS.indexOf(step.kind());
      named[i] = place(names, cut(span.name().isBlank() ? step.title() : span.name()));
      starts[i] = start - before;
      takes[i] = span.open() ? -1 : micros(Math.max(0, span.durationNanos()));
      in[i] = known(step.inputTokens());
      out[i] = known(step.outputTokens());
      usd[i] = usd(step);
      firsts[i] = first(step);
      fault(i, step);
      running |= span.open();
      before = start;
    }

    private void fault(int i, Step step) {
      Fault fault = step.fault();
      if (fault != null) {
        String text = Marks.show(fault.text());
        faults.put(i, text.length() <= LONGEST_FAULT ? text : text.substring(0, LONGEST_FAULT));
      }
    }

    private double usd(Step step) {
      BigDecimal known = step.cost().usd();
      if (known != null || step.kind() != SpanKind.MODEL) {
        return known == null ? -1 : known.doubleValue();
      }
      String missing = step.cost().missing();
      return -2 - place(reasons, missing == null ? "nobody knows" : missing);
    }

    private static long first(Step step) {
      Double seconds = step.span().attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
      return step.kind() != SpanKind.MODEL || seconds == null ? -1 : Math.round(seconds * 1e6);
    }

    StepRows rows(List<long[]> gaps) {
      return new StepRows(
          micros(whole.endNanos() - whole.startNanos()),
          running,
          ids.toString(),
          depths,
          kinds,
          new ArrayList<>(names.keySet()),
          named,
          starts,
          takes,
          in,
          out,
          usd,
          new ArrayList<>(reasons.keySet()),
          firsts,
          faults,
          gaps);
    }

    private static int place(Map<String, Integer> table, String text) {
      Integer known = table.putIfAbsent(text, table.size());
      return known == null ? table.size() - 1 : known;
    }

    private static String cut(String name) {
      String shown = Marks.show(name);
      return shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME) + "…";
    }

    private static long known(@Nullable Long number) {
      return number == null ? -1 : number;
    }

    private static long micros(long nanos) {
      return Math.floorDiv(nanos, 1_000);
    }
  }
}
