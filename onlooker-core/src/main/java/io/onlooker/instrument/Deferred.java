package io.onlooker.instrument;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that are made when they are first read: what a span says about content is built on
 * Onlooker's thread, not on the caller's. Made once; a failure to make one becomes its text.
 */
public final class Deferred {

  private Deferred() {}

  /** Something whose {@code toString} is the text; for attributes. */
  public static Object text(Supplier<String> text) {
    return new Text(new Once<>(text, problem -> problem));
  }

  /** A list, for a span's input. */
  public static List<Object> list(Supplier<? extends List<?>> list) {
    return new Listed(new Once<List<?>>(list::get, List::of));
  }

  /** A map, for a span's output. */
  public static Map<String, Object> map(Supplier<? extends Map<String, Object>> map) {
    return new Mapped(new Once<Map<String, Object>>(map::get, text -> Map.of("…", text)));
  }

  private static final class Once<T> {

    private final java.util.function.Function<String, T> otherwise;
    private @Nullable Supplier<T> source;
    private @Nullable T value;

    Once(Supplier<T> source, java.util.function.Function<String, T> otherwise) {
      this.source = source;
      this.otherwise = otherwise;
    }

    synchronized T get() {
      Supplier<T> make = source;
      if (make != null) {
        source = null;
        try {
          value = make.get();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
          value = otherwise.apply("…[unreadable: " + e.getClass().getName() + "]");
        }
      }
      return requireNonNull(value);
    }
  }

  private record Text(Once<String> once) {

    @Override
    public String toString() {
      return once.get();
    }
  }

  private static final class Listed extends AbstractList<Object> {

    private final Once<List<?>> once;

    Listed(Once<List<?>> once) {
      this.once = once;
    }

    @Override
    public Object get(int index) {
      return once.get().get(index);
    }

    @Override
    public int size() {
      return once.get().size();
    }
  }

  private static final class Mapped extends AbstractMap<String, Object> {

    private final Once<Map<String, Object>> once;

    Mapped(Once<Map<String, Object>> once) {
      this.once = once;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return once.get().entrySet();
    }
  }
}
