package io.onlooker.store.embedded;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found for the keys of a span, for the span after it: spans that follow each other mostly
 * have the same keys in the same order, and comparing two of them is cheaper than looking one up.
 * Not thread-safe.
 *
 * @param <T> what is found for a key
 */
final class KeyMemo<T> {

  private final Function<String, @Nullable T> lookup;
  private @Nullable String[] keys = new String[32];
  private @Nullable Object[] found = new Object[32];
  private int at;

  KeyMemo(Function<String, @Nullable T> lookup) {
    this.lookup = lookup;
  }

  /** The keys of another span follow. */
  void restart() {
    at = 0;
  }

  /** What the lookup finds for the span's next key. */
  @SuppressWarnings("unchecked") // Nothing else is put there.
  @Nullable T next(String key) {
    if (at == keys.length) {
      keys = Arrays.copyOf(keys, 2 * at);
      found = Arrays.copyOf(found, 2 * at);
    }
    int place = at++;
    if (!key.equals(keys[place])) {
      found[place] = lookup.apply(key);
      keys[place] = key;
    }
    return (T) found[place];
  }
}
