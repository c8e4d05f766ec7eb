package io.onlooker.benchmarks.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What spans of one operation look like.
 *
 * @param typicalMillis the middle of their durations
 * @param textKeys attributes of which a span has some, with a value of {@link #values}
 * @param numberKeys attributes of which a span has some
 */
record Operation(
    String op,
    double typicalMillis,
    List<String> names,
    List<String> textKeys,
    List<String> numberKeys) {

  private static final int NAMES = 200;
  private static final int SHARED_TEXTS = 4;
  private static final int OWN_TEXTS = 8;
  private static final int SHARED_NUMBERS = 3;
  private static final int OWN_NUMBERS = 5;

  /** How many different values a text attribute has, by its place among its operation's. */
  private static final int[] SPREAD = {5, 20, 100, 300, 2000, 5, 50, 500, 10, 30, 1000, 8000};

  static final Operation AGENT = of("gen_ai.invoke_agent", 4900);
  static final Operation CHAT = of("gen_ai.chat", 1340);
  static final Operation TOOL = of("gen_ai.execute_tool", 90);
  static final Operation REQUEST = of("http.server", 100);
  static final Operation CALL = of("http.client", 67);
  static final Operation DATABASE = of("db.query", 5);
  static final Operation SEARCH = of("search", 55);

  /** Below an agent; an operation named twice is twice as frequent. */
  static final List<Operation> OF_AGENTS = List.of(CHAT, TOOL, CALL, SEARCH, CHAT, TOOL);

  static final List<Operation> OF_REQUESTS =
      List.of(
          DATABASE,
          of("cache.get", 0.5),
          CALL,
          of("view.render", 9),
          DATABASE,
          DATABASE,
          of("queue.publish", 3.3),
          SEARCH,
          of("file.read", 2.5),
          of("serialize", 1.2));

  private static final List<List<String>> VALUES = values(new SplittableRandom(7));

  /** The values of the text attribute at this place. */
  static List<String> values(int place) {
    return VALUES.get(place);
  }

  private static Operation of(String op, double typicalMillis) {
    return new Operation(
        op,
        typicalMillis,
        numbered(
            NAMES,
            switch (op) {
              case "db.query" -> "SELECT id, name FROM table_%d WHERE tenant = %%s AND id IN (%%s)";
              case "http.client" -> "GET https://service-%d.internal/v1/items/{id}";
              default -> op + " step %d";
            }),
        keys(op, "attribute", SHARED_TEXTS, OWN_TEXTS),
        keys(op, "number", SHARED_NUMBERS, OWN_NUMBERS));
  }

  private static List<String> numbered(int count, String pattern) {
    return IntStream.range(0, count).mapToObj(pattern::formatted).toList();
  }

  private static List<String> keys(String op, String kind, int shared, int own) {
    List<String> keys = new ArrayList<>(numbered(shared, "app." + kind + "_%d"));
    keys.addAll(numbered(own, op + "." + kind + "_%d"));
    return List.copyOf(keys);
  }

  private static List<List<String>> values(SplittableRandom random) {
    List<List<String>> values = new ArrayList<>();
    for (int spread : SPREAD) {
      values.add(
          IntStream.range(0, spread)
              .mapToObj(i ->
                  Integer.toString(random.nextInt(100_000_000), 36) + (i % 3 == 0 ? "-eu" : ""))
              .toList());
    }
    return values;
  }
}
