package io.onlooker.session;

import io.onlooker.Onlooker;
import io.onlooker.OnlookerOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent records with: its own Onlooker, one shared by key, or the process's current. */
final class Connection {

  private static final Map<Address, Onlooker> SHARED = new ConcurrentHashMap<>();

  private final Supplier<Onlooker> source;
  private final boolean pii;

  private Connection(Supplier<Onlooker> source, boolean pii) {
    this.source = source;
    this.pii = pii;
  }

  /**
   * The connection that the options ask for, opened if it is a new one.
   *
   * @throws IllegalArgumentException for an address that cannot be
   */
  static Connection of(AgentOptions options) {
    Onlooker given = options.onlooker();
    String key = options.apiKey();
    if (given != null) {
      return new Connection(() -> given, options.pii());
    }
    if (key == null || key.isBlank()) {
      return new Connection(Onlooker::current, options.pii());
    }
    Address address = new Address(key, options.apiUrl(), options.pii());
    shared(address);
    return new Connection(() -> shared(address), false);
  }

  Onlooker onlooker() {
    Onlooker onlooker = source.get();
    if (pii) {
      onlooker.redactPii();
    }
    return onlooker;
  }

  private static Onlooker shared(Address address) {
    Onlooker open = SHARED.get(address);
    return open != null && open.enabled() ? open : SHARED.compute(address, Connection::reopened);
  }

  /** Whoever calls {@code Onlooker.init} closes what was current before, and so maybe ours. */
  private static Onlooker reopened(Address address, @Nullable Onlooker before) {
    if (before != null && before.enabled()) {
      return before;
    }
    // What the agent's own code records with the current one should land in its sessions.
    return Onlooker.current().enabled()
        ? Onlooker.create(address::write)
        : Onlooker.init(address::write);
  }

  private record Address(String apiKey, @Nullable String apiUrl, boolean pii) {

    void write(OnlookerOptions options) {
      options.apiKey(apiKey).apiUrl(apiUrl).pii(pii);
    }
  }
}
