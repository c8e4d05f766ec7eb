package io.onlooker.redact;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies an application's object to maps, lists, texts, numbers and booleans, redacted.
 *
 * <p>Always a copy, even of what is clean: the application may change its own object between the
 * look and the sending. Bounded in depth and size, cycles are cut; what was cut says so. Records
 * are read by their components, other objects by what they print. Used once.
 */
final class PlainCopy {

  static final int DEEPEST = 64;
  static final int MOST_VALUES = 100_000;
  static final String TOO_DEEP = "[TOO DEEP]";
  static final String TRUNCATED = "[TRUNCATED]";
  static final String CYCLE = "[CYCLE]";

  private final ItemRedaction item;
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  PlainCopy(ItemRedaction item) {
    this.item = item;
  }

  Object of(Object value, @Nullable HiddenPaths place) {
    Object copy = copy(value, place);
    return copy == null ? "null" : copy;
  }

  private @Nullable Object copy(@Nullable Object value, @Nullable HiddenPaths place) {
    item.spend(1);
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return item.text(value.toString(), place, 0);
    }
    if (value instanceof Enum<?> constant) {
      return item.plain(constant.name());
    }
    if (value instanceof Optional<?> optional) {
      return copy(optional.orElse(null), place);
    }
    return container(value, place);
  }

  /** Depth is bounded, so that this may come back here. */
  private @Nullable Object container(Object value, @Nullable HiddenPaths place) {
    if (open.size() >= DEEPEST) {
      return TOO_DEEP;
    }
    if (!open.add(value)) {
      return CYCLE;
    }
    try {
      return opened(value, place);
    } finally {
      open.remove(value);
    }
  }

  private Object opened(Object value, @Nullable HiddenPaths place) {
    if (value instanceof Map<?, ?> map) {
      return map(map.entrySet(), place);
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return map(List.of(entry), place);
    }
    if (value instanceof Record fields) {
      return map(components(fields).entrySet(), place);
    }
    if (value instanceof byte[] bytes) {
      return "[" + bytes.length + " bytes]";
    }
    if (value.getClass().isArray()) {
      return array(value, place);
    }
    return value instanceof Iterable<?> each ? iterable(each, place) : printed(value, place);
  }

  private Object iterable(Iterable<?> each, @Nullable HiddenPaths place) {
    if (!(each instanceof Collection<?>)) {
      String printed = String.valueOf(each);
      // A path holds itself, an exception its causes, a tree of JSON prints its names.
      if (each instanceof Path
          || each instanceof Throwable
          || JsonRewriter.looksLikeJson(printed)) {
        return item.text(printed, place, 0);
      }
    }
    return list(each, place);
  }

  private Object printed(Object value, @Nullable HiddenPaths place) {
    return item.text(String.valueOf(value), place, 0);
  }

  private Map<String, @Nullable Object> map(
      Iterable<? extends Map.Entry<?, ?>> entries, @Nullable HiddenPaths place) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries) {
      if (full()) {
        copy.put(TRUNCATED, true);
        break;
      }
      String key = String.valueOf(entry.getKey());
      copy.put(unused(item.text(key, null, 0), copy), entryValue(key, entry.getValue(), place));
    }
    return Collections.unmodifiableMap(copy);
  }

  private @Nullable Object entryValue(
      String key, @Nullable Object value, @Nullable HiddenPaths place) {
    HiddenPaths below = HiddenPaths.below(place, key);
    String label = item.label(key, below);
    boolean tells = value != null && !(value instanceof Boolean);
    return label != null && tells ? item.hidden(label) : copy(value, below);
  }

  private static String unused(String name, Map<String, ?> taken) {
    String unused = name;
    for (int i = taken.size() + 1; taken.containsKey(unused); i++) {
      unused = name + ' ' + i;
    }
    return unused;
  }

  private List<@Nullable Object> list(Iterable<?> each, @Nullable HiddenPaths place) {
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object value : each) {
      if (full()) {
        copy.add(TRUNCATED);
        break;
      }
      copy.add(copy(value, place));
    }
    return Collections.unmodifiableList(copy);
  }

  private List<@Nullable Object> array(Object array, @Nullable HiddenPaths place) {
    List<@Nullable Object> copy = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      if (full()) {
        copy.add(TRUNCATED);
        break;
      }
      copy.add(copy(Array.get(array, i), place));
    }
    return Collections.unmodifiableList(copy);
  }

  private Object number(Number number) {
    if (number instanceof AtomicInteger || number instanceof AtomicLong) {
      return item.number(number.longValue());
    }
    boolean plain =
        number instanceof Long
            || number instanceof Integer
            || number instanceof Double
            || number instanceof Float
            || number instanceof Short
            || number instanceof Byte
            || number instanceof BigInteger
            || number instanceof BigDecimal;
    return plain ? item.number(number) : item.plain(number.toString());
  }

  private boolean full() {
    return ++values > MOST_VALUES;
  }

  private static Map<String, @Nullable Object> components(Record fields) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      values.put(component.getName(), read(fields, component));
    }
    return values;
  }

  private static @Nullable Object read(Record fields, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(fields);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read (expected: it can)", e);
    }
  }
}
