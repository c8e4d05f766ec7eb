package io.onlooker.server.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** What the server counted since it started, in the text format of Prometheus. */
public final class Counters {

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

  /**
   * Counts.
   *
   * @param name of the counter, ending in {@code _total}
   * @param labels name, value, name, value; values come from a small closed set
   */
  public void add(String name, long count, String... labels) {
    counters.computeIfAbsent(series(name, labels), _ -> new LongAdder()).add(count);
  }

  /** What was counted so far; 0 for what was never counted. */
  public long count(String name, String... labels) {
    LongAdder counter = counters.get(series(name, labels));
    return counter == null ? 0 : counter.sum();
  }

  /** Shows a figure that is asked for when somebody looks. */
  public void gauge(String name, DoubleSupplier figure) {
    gauges.put(name, figure);
  }

  public String text() {
    StringBuilder out = new StringBuilder(1024);
    String last = "";
    for (Map.Entry<String, LongAdder> counter : new TreeMap<>(counters).entrySet()) {
      last = type(out, last, counter.getKey(), "counter");
      out.append(counter.getKey()).append(' ').append(counter.getValue().sum()).append('\n');
    }
    gauges.forEach((name, figure) -> {
      type(out, "", name, "gauge");
      out.append(name).append(' ').append(figure.getAsDouble()).append('\n');
    });
    return out.toString();
  }

  private static String type(StringBuilder out, String last, String series, String type) {
    int labels = series.indexOf('{');
    String name = labels < 0 ? series : series.substring(0, labels);
    if (!name.equals(last)) {
      out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
    return name;
  }

  private static String series(String name, String... labels) {
    if (labels.length == 0) {
      return name;
    }
    StringBuilder out = new StringBuilder(64).append(name).append('{');
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      appendPlain(out, labels[i + 1]);
      out.append('"');
    }
    return out.append('}').toString();
  }

  private static void appendPlain(StringBuilder out, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      out.append(letter || "_.:/ -".indexOf(c) >= 0 ? c : '_');
    }
  }
}
