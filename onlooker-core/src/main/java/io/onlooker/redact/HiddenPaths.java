package io.onlooker.redact;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paths that never leave, as a tree of their dotted names. Immutable once built.
 *
 * <p>An object is one name on the way; no object means that nothing below it is hidden.
 */
final class HiddenPaths {

  private static final String ANY = "*";

  private final Map<String, HiddenPaths> below = new HashMap<>();
  private boolean hidden;

  /** The root of a tree with these paths. */
  static HiddenPaths of(Set<String> paths) {
    HiddenPaths root = new HiddenPaths();
    for (String path : paths) {
      HiddenPaths at = root;
      for (String name : path.split("\\.", -1)) {
        at = at.below.computeIfAbsent(name, any -> new HiddenPaths());
      }
      at.hidden = true;
    }
    return root;
  }

  /** Whether what stands here is hidden. */
  static boolean hides(@Nullable HiddenPaths at) {
    return at != null && at.hidden;
  }

  /** Where a key leads, which may hold several names, or null. */
  static @Nullable HiddenPaths below(@Nullable HiddenPaths from, String key) {
    if (from == null || from.below.isEmpty()) {
      return null;
    }
    HiddenPaths at = from;
    int start = 0;
    while (at != null && !at.hidden) {
      int dot = key.indexOf('.', start);
      at = at.next(key.substring(start, dot < 0 ? key.length() : dot));
      if (dot < 0) {
        return at;
      }
      start = dot + 1;
    }
    return at;
  }

  private @Nullable HiddenPaths next(String name) {
    HiddenPaths exact = below.get(name);
    return exact != null ? exact : below.get(ANY);
  }
}
