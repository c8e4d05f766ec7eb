package io.onlooker.export;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an application's objects as JSON, whatever they are and do: cyclic, deep, endless,
 * changing or throwing. Always balanced and about as long as allowed; what was left out is said in
 * the text. Made for one value.
 */
final class ObjectEncoder {

  private static final int DEEPEST = 24;
  private static final int MOST_ITEMS = 10_000;

  private final JsonWriter json;
  private final int end;
  private final Object[] above = new Object[DEEPEST];
  private int depth;

  private ObjectEncoder(JsonWriter json, int maxChars) {
    this.json = json;
    this.end = json.length() + maxChars;
  }

  /** Writes the value as JSON of about {@code maxChars} at most. */
  static void write(JsonWriter json, @Nullable Object value, int maxChars) {
    new ObjectEncoder(json, maxChars).write(value);
  }

  /** Writes name and value, or nothing when there is no value or it is an empty map. */
  static void writeTo(JsonWriter json, String name, @Nullable Object value, int maxChars) {
    if (value != null && !(value instanceof Map<?, ?> map && map.isEmpty())) {
      write(json.name(name), value, maxChars);
    }
  }

  /** Text, numbers and booleans as they are (text cut when too long), everything else as JSON. */
  static @Nullable Object scalarOrJson(@Nullable Object value, int maxChars) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number) {
      return plain(value) ? value : value.toString();
    }
    // An Optional is not a value of its own, but the one within or none.
    Object text = value instanceof Optional<?> some ? some.orElse(null) : value;
    return text instanceof CharSequence chars ? cut(chars, maxChars) : json(text, maxChars);
  }

  /** The value's JSON text; text itself is cut only. */
  static @Nullable String text(@Nullable Object value, int maxChars) {
    Object encoded = scalarOrJson(value, maxChars);
    return encoded == null ? null : encoded.toString();
  }

  /** The beginning of a text, and how much is missing. */
  static String cut(CharSequence text, int maxChars) {
    if (text.length() <= maxChars) {
      return text.toString();
    }
    int kept = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
    return text.subSequence(0, kept) + missing(text.length() - kept);
  }

  private static @Nullable String json(@Nullable Object value, int maxChars) {
    if (value == null) {
      return null;
    }
    JsonWriter json = new JsonWriter(256);
    write(json, value, maxChars);
    return json.toString();
  }

  private static String missing(int chars) {
    return "…[truncated " + chars + " chars]";
  }

  private void write(@Nullable Object value) {
    if (value == null) {
      json.value((String) null);
    } else if (value instanceof CharSequence text) {
      string(guarded(text::toString));
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean flag) {
      json.value(flag);
    } else if (value instanceof Enum<?> constant) {
      json.value(constant.name());
    } else if (value instanceof Optional<?> some) {
      write(some.orElse(null));
    } else if (value instanceof Date date) {
      string(guarded(() -> date.toInstant().toString()));
    } else if (structured(value)) {
      nested(value);
    } else {
      string(guarded(value::toString));
    }
  }

  private static boolean structured(Object value) {
    return value instanceof Map
        || (value instanceof Iterable && !(value instanceof Path))
        || value.getClass().isArray()
        || value.getClass().isRecord();
  }

  private void nested(Object value) {
    if (within(value)) {
      json.value("…[cycle]");
      return;
    }
    if (depth == DEEPEST) {
      json.value("…[deeper than " + DEEPEST + " levels]");
      return;
    }
    above[depth++] = value;
    structure(value);
    above[--depth] = ObjectEncoder.class;
  }

  @SuppressWarnings("ReferenceEquality") // Equal is not enough for a cycle, and equals may throw.
  private boolean within(Object value) {
    for (int i = 0; i < depth; i++) {
      if (above[i] == value) {
        return true;
      }
    }
    return false;
  }

  private void structure(Object value) {
    if (value instanceof Map<?, ?> map) {
      object(() -> map.entrySet().iterator());
    } else if (value instanceof Record) {
      RecordFields fields = RecordFields.of(value.getClass());
      object(() -> fields.of(value));
    } else if (value instanceof byte[] bytes) {
      json.value("…[" + bytes.length + " bytes]");
    } else if (value instanceof char[] chars) {
      string(new String(chars));
    } else if (value.getClass().isArray()) {
      array(() -> elements(value));
    } else if (value instanceof Collection<?> list) {
      array(list::iterator);
    } else {
      iterable((Iterable<?>) value);
    }
  }

  /** What iterates over its values but prints itself as an object (Jackson's nodes) is that. */
  private void iterable(Iterable<?> value) {
    String text = guarded(value::toString);
    if (text.startsWith("{") && text.endsWith("}")) {
      try {
        write(JsonReader.read(text));
        return;
      } catch (IllegalArgumentException e) {
        // Looked like JSON, is none: its elements say more.
      }
    }
    array(value::iterator);
  }

  private void object(Supplier<Iterator<?>> entries) {
    json.beginObject();
    String problem = each(entries, this::entry);
    if (problem != null) {
      json.name("…").value(problem);
    }
    json.endObject();
  }

  private void array(Supplier<Iterator<?>> elements) {
    json.beginArray();
    String problem = each(elements, this::write);
    if (problem != null) {
      json.value(problem);
    }
    json.endArray();
  }

  private void entry(Object entry) {
    Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
    Object key = pair.getKey();
    Object value = pair.getValue();
    json.name(cut(guarded(() -> String.valueOf(key)), 1024));
    write(value);
  }

  /** Writes each element while there is room; says why it stopped early, else null. */
  private @Nullable String each(Supplier<Iterator<?>> elements, Consumer<Object> write) {
    try {
      int index = 0;
      for (Iterator<?> i = elements.get(); i.hasNext(); index++) {
        if (index == MOST_ITEMS || json.length() >= end) {
          return "…[truncated after " + index + " items]";
        }
        write.accept(i.next());
      }
      return null;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return "…[unreadable: " + e.getClass().getName() + "]";
    }
  }

  private void string(String text) {
    int room = Math.max(0, end - json.length());
    if (text.length() <= room) {
      json.value(text);
    } else {
      json.string(text, room, missing(text.length() - room));
    }
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      json.value(number.doubleValue());
    } else if (plain(number)) {
      json.value(number.longValue());
    } else if (number.getClass() == BigDecimal.class || number.getClass() == BigInteger.class) {
      json.word(number.toString());
    } else {
      string(guarded(number::toString));
    }
  }

  /** Whether it is a number of the language, not a class of somebody's. */
  private static boolean plain(Object number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Double
        || number instanceof Float
        || number instanceof Short
        || number instanceof Byte;
  }

  private static Iterator<?> elements(Object array) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < Array.getLength(array);
      }

      @Override
      public @Nullable Object next() {
        return Array.get(array, next++);
      }
    };
  }

  private static String guarded(Supplier<@Nullable String> text) {
    try {
      String result = text.get();
      return result == null ? "null" : result;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      // Somebody else's toString: whatever it does wrong must not cost the span.
      return "…[unreadable: " + e.getClass().getName() + "]";
    }
  }
}
