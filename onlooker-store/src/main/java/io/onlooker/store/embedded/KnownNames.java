package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Texts that stand in many records of a file, which names them by number: from 1, 0 is none. */
final class KnownNames {

  static final KnownNames NONE = new KnownNames(List.of());

  /** They stay in memory for each file that is read. */
  private static final int MOST = 4096;

  private static final int LONGEST = 100;
  private static final int SAMPLE = 20_000;
  private static final int LEAST_USES = 3;

  private final List<String> names;
  private final Map<String, Integer> numbers;

  private KnownNames(List<String> names) {
    this.names = names;
    numbers = HashMap.newHashMap(names.size());
    names.forEach(name -> numbers.put(name, numbers.size() + 1));
  }

  /** Those that the spans use most, by a sample of them. */
  static KnownNames of(List<HotSpan> spans) {
    Map<String, Integer> uses = new HashMap<>();
    for (int i = 0; i < spans.size(); i += spans.size() / SAMPLE + 1) {
      count(spans.get(i).data(), uses);
    }
    Comparator<Map.Entry<String, Integer>> byUse = Map.Entry.comparingByValue();
    return new KnownNames(
        uses.entrySet().stream()
            .filter(use -> use.getValue() >= LEAST_USES)
            .sorted(byUse.reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST)
            .map(Map.Entry::getKey)
            .toList());
  }

  private static void count(SpanData span, Map<String, Integer> uses) {
    count(span.name(), uses);
    if (span.op() != null) {
      count(span.op(), uses);
    }
    count(span.status().code().name(), uses);
    span.attributes()
        .forEach((key, value) -> {
          count(key, uses);
          if (value instanceof String text) {
            count(text, uses);
          }
        });
  }

  private static void count(String text, Map<String, Integer> uses) {
    if (text.length() <= LONGEST) {
      uses.merge(text, 1, Integer::sum);
    }
  }

  /** Those that several files use most. */
  static KnownNames merged(List<KnownNames> parts) {
    Set<String> names = new LinkedHashSet<>();
    int longest = parts.stream().mapToInt(KnownNames::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (KnownNames part : parts) {
        if (i < part.size()) {
          names.add(part.names.get(i));
        }
      }
    }
    return new KnownNames(names.stream().limit(MOST).toList());
  }

  static KnownNames read(ByteSource source) {
    int size = source.takeCount();
    List<String> names = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      names.add(source.takeText());
    }
    return new KnownNames(names);
  }

  void write(ByteSink sink) {
    sink.putUnsigned(names.size());
    names.forEach(sink::putText);
  }

  int size() {
    return names.size();
  }

  /** 0 when it is none of them. */
  int number(String text) {
    return names.isEmpty() ? 0 : numbers.getOrDefault(text, 0);
  }

  /**
   * @param number from 1 to {@link #size}
   */
  String name(int number) {
    return names.get(number - 1);
  }
}
