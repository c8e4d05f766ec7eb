package io.onlooker.export;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of one record class. */
final class RecordFields {

  private static final ClassValue<RecordFields> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordFields computeValue(Class<?> type) {
          return new RecordFields(type);
        }
      };

  private final Method[] accessors;

  private RecordFields(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    accessors = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = components[i].getAccessor();
      accessors[i].trySetAccessible();
    }
  }

  static RecordFields of(Class<?> type) {
    return KNOWN.get(type);
  }

  /** Name and value of each component; one that cannot be read says so. */
  Iterator<Map.Entry<String, @Nullable Object>> of(Object instance) {
    return Arrays.stream(accessors).map(accessor -> read(accessor, instance)).iterator();
  }

  private static Map.Entry<String, @Nullable Object> read(Method accessor, Object instance) {
    Object value;
    try {
      value = accessor.invoke(instance);
    } catch (ReflectiveOperationException | RuntimeException e) {
      value = "…[unreadable: " + e.getClass().getName() + "]";
    }
    return new SimpleImmutableEntry<>(accessor.getName(), value);
  }
}
