package io.onlooker.store;

import io.onlooker.SpanData;
import io.onlooker.store.AttributeCatalog.Entry;
import io.onlooker.store.AttributeCatalog.Kind;
import io.onlooker.store.AttributeCatalog.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts the attributes of some spans. Not thread-safe. */
public final class AttributeSample {

  /** How many spans make a sample. */
  public static final int SPANS = 2000;

  private static final int MOST_VALUES = 10;
  private static final int LONGEST_VALUE = 200;

  /** A value that only few spans have says something; a key with only such values does not. */
  private static final int MANY_VALUES = 100;

  private final Map<String, Seen> seen = new HashMap<>();
  private int spans;

  private static final class Seen {
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Map<Object, Integer> values = new HashMap<>();
    private int spans;
  }

  public void add(SpanData span) {
    spans++;
    span.attributes()
        .forEach((key, value) -> {
          Seen of = seen.computeIfAbsent(key, _ -> new Seen());
          of.spans++;
          of.kinds.add(kind(value));
          Set<Object> distinct = new HashSet<>();
          collect(value, distinct);
          distinct.forEach(each -> of.values.merge(each, 1, Integer::sum));
        });
  }

  /** Adds an attribute that older spans have. */
  public void addKnown(String key, Set<Kind> kinds) {
    seen.computeIfAbsent(key, _ -> new Seen()).kinds.addAll(kinds);
  }

  private static Kind kind(Object value) {
    return switch (value) {
      case Number _ -> Kind.NUMBER;
      case Boolean _ -> Kind.BOOLEAN;
      case List<?> _ -> Kind.LIST;
      default -> Kind.TEXT;
    };
  }

  private static void collect(Object value, Set<Object> into) {
    switch (value) {
      case List<?> list -> list.forEach(element -> collect(element, into));
      case String text when text.length() > LONGEST_VALUE -> {}
      default -> into.add(value);
    }
  }

  /** The attributes whose key has this text in it, in any case. */
  public AttributeCatalog catalog(String contains, int limit) {
    String wanted = contains.toLowerCase(Locale.ROOT);
    List<Entry> entries = new ArrayList<>();
    seen.forEach((key, of) -> {
      if (key.toLowerCase(Locale.ROOT).contains(wanted)) {
        entries.add(new Entry(key, of.kinds, of.spans, top(of)));
      }
    });
    entries.sort(
        Comparator.comparingInt((Entry entry) -> -entry.spans()).thenComparing(Entry::key));
    int shown = Math.min(limit, entries.size());
    return new AttributeCatalog(entries.subList(0, shown), spans, entries.size() - shown);
  }

  private static List<Value> top(Seen of) {
    boolean unique = of.values.size() > MANY_VALUES && of.values.size() >= of.spans;
    return of.values.entrySet().stream()
        .filter(_ -> !unique)
        .map(value -> new Value(value.getKey(), value.getValue()))
        .sorted(
            Comparator.comparingInt((Value value) -> -value.spans())
                .thenComparing(value -> value.value().toString()))
        .limit(MOST_VALUES)
        .toList();
  }
}
