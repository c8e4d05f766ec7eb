package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys with typed values, in the order they were put. Immutable.
 *
 * <p>A value is a {@link String}, {@link Boolean}, {@link Long}, {@link Double} (finite), or an
 * unmodifiable {@link List} of these. Two sets are equal when they hold the same pairs, whatever
 * the order.
 */
public final class Attributes {

  /** No pairs. */
  public static final Attributes EMPTY = new Attributes(new Object[0]);

  /** Key, value, key, value: half the memory of a map, and as fast for the usual thirty keys. */
  private final Object[] pairs;

  private Attributes(Object[] pairs) {
    this.pairs = pairs;
  }

  /** A builder without pairs. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The map's pairs, as {@link Builder#put} takes them; those with a null value are left out.
   *
   * @throws IllegalArgumentException for a value of another type
   */
  public static Attributes of(Map<String, ?> values) {
    Builder builder = builder();
    values.forEach(builder::put);
    return builder.build();
  }

  /** The value under the key, or null. */
  public @Nullable Object get(String key) {
    int at = Builder.find(pairs, pairs.length, key);
    return at < 0 ? null : pairs[at + 1];
  }

  /** The value as text when it is a string, else null. */
  public @Nullable String string(String key) {
    return get(key) instanceof String text ? text : null;
  }

  /** The value as a number when it is one or is numeric text, else null. */
  public @Nullable Double number(String key) {
    Object value = get(key);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof String text ? parse(text) : null;
  }

  /** The value when it is a boolean, else null. */
  public @Nullable Boolean flag(String key) {
    return get(key) instanceof Boolean flag ? flag : null;
  }

  /** Whether there is a value under the key. */
  public boolean has(String key) {
    return get(key) != null;
  }

  /** How many pairs there are. */
  public int size() {
    return pairs.length / 2;
  }

  /** Whether there are no pairs. */
  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** Hands over each pair, in the order they were put. */
  public void forEach(BiConsumer<String, Object> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept((String) pairs[i], pairs[i + 1]);
    }
  }

  /** A map of the pairs, in the order they were put. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(size() * 2);
    forEach(map::put);
    return Collections.unmodifiableMap(map);
  }

  /** A builder that starts with these pairs. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.pairs = Arrays.copyOf(pairs, Math.max(builder.pairs.length, pairs.length + 16));
    builder.length = pairs.length;
    for (int i = 0; i < pairs.length; i += 2) {
      builder.seen |= Builder.bit((String) pairs[i]);
    }
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }

  private static @Nullable Double parse(String text) {
    if (text.isEmpty() || text.length() > 40 || text.charAt(text.length() - 1) > '9') {
      return null;
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Collects pairs; a key put twice keeps its place and takes the later value. Not thread-safe. */
  public static final class Builder {

    private static final int LINEAR_UP_TO = 64;

    private Object[] pairs = new Object[32];
    private int length;

    /** A bit for each key, by its hash: most keys that are not there are known by it. */
    private long seen;

    private @Nullable Map<String, Integer> index;

    private Builder() {}

    /**
     * Puts a value; null puts nothing. Whole numbers become {@link Long}, fractions {@link Double},
     * those that are not finite their text, and collections unmodifiable lists.
     *
     * @throws IllegalArgumentException for a value of another type
     */
    public Builder put(String key, @Nullable Object value) {
      requireNonNull(key, "key");
      if (value != null) {
        set(key, locate(key), normal(key, value));
      }
      return this;
    }

    /** Puts the value unless the key is there already. */
    public Builder putIfAbsent(String key, @Nullable Object value) {
      if (value != null && !has(requireNonNull(key, "key"))) {
        set(key, -1, normal(key, value));
      }
      return this;
    }

    /** Whether there is a value under the key. */
    public boolean has(String key) {
      return locate(key) >= 0;
    }

    /** How many pairs there are. */
    public int size() {
      return length / 2;
    }

    /** The pairs put so far; the builder can go on. */
    public Attributes build() {
      return length == 0 ? EMPTY : new Attributes(Arrays.copyOf(pairs, length));
    }

    private void set(String key, int at, Object value) {
      if (at >= 0) {
        pairs[at + 1] = value;
        return;
      }
      if (length == pairs.length) {
        pairs = Arrays.copyOf(pairs, length * 2);
      }
      pairs[length] = key;
      pairs[length + 1] = value;
      seen |= bit(key);
      if (index != null) {
        index.put(key, length);
      }
      length += 2;
    }

    private static long bit(String key) {
      return 1L << key.hashCode();
    }

    private int locate(String key) {
      if ((seen & bit(key)) == 0) {
        return -1;
      }
      if (length <= LINEAR_UP_TO * 2) {
        return find(pairs, length, key);
      }
      if (index == null) {
        index = new HashMap<>();
        for (int i = 0; i < length; i += 2) {
          index.put((String) pairs[i], i);
        }
      }
      return index.getOrDefault(key, -1);
    }

    static int find(Object[] pairs, int length, String key) {
      int hash = key.hashCode();
      for (int i = 0; i < length; i += 2) {
        if (pairs[i].hashCode() == hash && pairs[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }

    private static Object normal(String key, Object value) {
      if (value instanceof String || value instanceof Boolean || value instanceof Long) {
        return value;
      }
      if (value instanceof Double || value instanceof Float) {
        double number = ((Number) value).doubleValue();
        return Double.isFinite(number) ? (Object) number : Double.toString(number);
      }
      if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
        return ((Number) value).longValue();
      }
      if (value instanceof CharSequence || value instanceof Character) {
        return value.toString();
      }
      if (value instanceof Iterable<?> values) {
        return normalList(key, values);
      }
      throw new IllegalArgumentException(
          "attribute "
              + key
              + ": "
              + value.getClass().getName()
              + " (expected: text, a number, a boolean or a list of these)");
    }

    private static List<Object> normalList(String key, Iterable<?> values) {
      List<Object> list = new ArrayList<>();
      for (Object value : values) {
        if (value != null) {
          list.add(normal(key, value));
        }
      }
      return Collections.unmodifiableList(list);
    }
  }
}
