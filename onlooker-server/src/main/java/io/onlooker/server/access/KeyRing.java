package io.onlooker.server.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keys and projects in memory; sees within a second what another process changed. */
final class KeyRing {

  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What a guess is compared with when no key begins as it does, so that a miss costs the same. */
  private static final String NOBODY = "0".repeat(64);

  private final Settings settings;
  private volatile Ring ring;
  private long version;
  private volatile long lookedAt;

  /**
   * @param live by the hash of their text
   */
  private record Ring(
      List<Key> all, Map<String, Hashed> live, List<Project> projects, Set<Integer> deleted) {}

  private record Hashed(String hash, Key key) {}

  KeyRing(Settings settings) {
    this.settings = settings;
    this.version = settings.version();
    this.ring = read();
    this.lookedAt = System.nanoTime();
  }

  /** The live key with this text, or null. */
  @Nullable Key find(String text) {
    lookAgain();
    // The table is asked for a part of a guess's hash, so timing tells nothing about a key's text;
    // the rest is compared in the same time wherever it differs, and also when there is no key.
    String hash = Secrets.hash(text);
    Hashed found = ring.live().get(shelf(hash));
    boolean same = Secrets.same(found == null ? NOBODY : found.hash(), hash);
    return found != null && same ? found.key() : null;
  }

  synchronized void reload() {
    ring = read();
  }

  /** Disabled ones too, oldest first. */
  List<Key> all() {
    return ring.all();
  }

  List<Project> projects() {
    lookAgain();
    return ring.projects();
  }

  /** Whether there was a project with this id that was deleted. */
  boolean deleted(int project) {
    lookAgain();
    return ring.deleted().contains(project);
  }

  private Ring read() {
    List<Key> all = new ArrayList<>();
    Map<String, Hashed> live = new HashMap<>();
    settings
        .keys()
        .forEach((hash, key) -> {
          all.add(key);
          if (key.live()) {
            live.put(shelf(hash), new Hashed(hash, key));
          }
        });
    return new Ring(
        List.copyOf(all),
        Map.copyOf(live),
        List.copyOf(settings.projects()),
        Set.copyOf(settings.deletedProjects()));
  }

  /** Half of a hash: no two keys share it. */
  private static String shelf(String hash) {
    return hash.substring(0, 32);
  }

  private void lookAgain() {
    if (System.nanoTime() - lookedAt > LOOK_EVERY_NANOS) {
      look();
    }
  }

  private synchronized void look() {
    lookedAt = System.nanoTime();
    long now = settings.version();
    if (now != version) {
      version = now;
      reload();
    }
  }
}
