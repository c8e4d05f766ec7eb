package io.onlooker.server.web;

import io.onlooker.server.read.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole run at a glance: how much happened when, and where it failed.
 *
 * @param window the zoomed part, or null when everything is shown
 */
record Strip(List<Bucket> buckets, Window.@Nullable Bar window) {

  private static final int BUCKETS = 120;
  private static final int HEIGHT = 40;

  /**
   * A short time.
   *
   * @param x where it begins, of 120
   * @param height of 40
   * @param link zooms to this time and its surroundings
   */
  record Bucket(int x, int height, boolean failed, String link) {

    int top() {
      return 44 - height;
    }
  }

  static Strip of(List<Step> steps, Window whole, @Nullable Window shown, StepAsk ask) {
    int[] busy = new int[BUCKETS];
    boolean[] failed = new boolean[BUCKETS];
    // The first step spans the whole time and says nothing about when.
    for (Step step : steps.subList(Math.min(1, steps.size()), steps.size())) {
      int first = bucket(whole, step.span().startNanos());
      int last = bucket(whole, step.span().open() ? whole.endNanos() : step.span().endNanos());
      for (int i = first; i <= last; i++) {
        busy[i]++;
        failed[i] |= i == last && step.fault() != null;
      }
    }
    return new Strip(buckets(busy, failed, whole, ask), zoomed(whole, shown));
  }

  private static List<Bucket> buckets(int[] busy, boolean[] failed, Window whole, StepAsk ask) {
    int most = 1;
    for (int count : busy) {
      most = Math.max(most, count);
    }
    double millis = (whole.endNanos() - whole.startNanos()) / 1e6 / BUCKETS;
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      long from = Math.max(0, (long) ((i - 5) * millis));
      long to = (long) Math.ceil((i + 6) * millis);
      int height = busy[i] == 0 ? 0 : Math.max(3, busy[i] * HEIGHT / most);
      buckets.add(new Bucket(i, height, failed[i], ask.zoomLink(from, Math.max(to, from + 1))));
    }
    return buckets;
  }

  private static Window.@Nullable Bar zoomed(Window whole, @Nullable Window shown) {
    if (shown == null) {
      return null;
    }
    double from = Math.clamp(whole.share(shown.startNanos()), 0, 1);
    double to = Math.clamp(whole.share(shown.endNanos()), 0, 1);
    return new Window.Bar(
        Double.toString(from * BUCKETS), Double.toString((to - from) * BUCKETS), "");
  }

  private static int bucket(Window whole, long nanos) {
    return Math.clamp((long) (whole.share(nanos) * BUCKETS), 0, BUCKETS - 1);
  }
}
