package io.onlooker.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers who failed to sign in lately, so that passwords cannot be guessed one by one. */
final class Attempts {

  static final int MOST = 10;

  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  /** Names; a stranger who tries more of them makes the oldest forgotten. */
  private static final int NAMES = 10_000;

  private record Failed(int times, Instant last) {}

  private final Map<String, Failed> failed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failed> eldest) {
          return size() > NAMES;
        }
      };

  /** Whether this name failed too often to be tried again now. */
  synchronized boolean exhausted(String name, Instant now) {
    Failed before = failed.get(name);
    return before != null && before.times() >= MOST && now.isBefore(before.last().plus(REMEMBERED));
  }

  synchronized void failed(String name, Instant now) {
    Failed before = failed.remove(name);
    boolean fresh = before != null && now.isBefore(before.last().plus(REMEMBERED));
    failed.put(name, new Failed(fresh && before != null ? before.times() + 1 : 1, now));
  }

  synchronized void succeeded(String name) {
    failed.remove(name);
  }
}
