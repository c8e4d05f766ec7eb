package io.onlooker.server.access;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The keys in memory; sees within a second what another process changed. */
final class KeyRing {

  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;
  private volatile Map<String, Key> byHash;
  private long version;
  private volatile long lookedAt;

  KeyRing(Settings settings) {
    this.settings = settings;
    this.version = settings.version();
    this.byHash = settings.keys();
    this.lookedAt = System.nanoTime();
  }

  /** The key with this text, or null. */
  @Nullable Key find(String text) {
    if (System.nanoTime() - lookedAt > LOOK_EVERY_NANOS) {
      look();
    }
    // The table is asked for the hash of a guess, so its timing tells nothing about a key's text.
    return byHash.get(Secrets.hash(text));
  }

  synchronized void reload() {
    byHash = settings.keys();
  }

  Iterable<Key> all() {
    return byHash.values();
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
