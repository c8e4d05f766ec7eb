package io.onlooker.export;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a server calls sessions that it names itself. Forgets those that ended a while ago. */
final class SessionNames {

  private static final int MOST_OPEN = 10_000;

  /** Late events come seconds after the end of their session, not hours. */
  private static final int MOST_ENDED = 500;

  private final Map<String, String> open = bounded(MOST_OPEN);
  private final Map<String, String> ended = bounded(MOST_ENDED);

  void put(String ours, String theirs) {
    open.put(ours, theirs);
  }

  void end(String ours) {
    String theirs = open.remove(ours);
    if (theirs != null) {
      ended.put(ours, theirs);
    }
  }

  /** The server's name, which may be ours. */
  String of(String ours) {
    String theirs = open.get(ours);
    return theirs == null ? ended.getOrDefault(ours, ours) : theirs;
  }

  int size() {
    return open.size() + ended.size();
  }

  private static Map<String, String> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
        return size() > most;
      }
    };
  }
}
