package io.onlooker.server;

import io.onlooker.store.Store;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A running server; the one door for programs that embed it. */
public final class OnlookerServer implements AutoCloseable {

  private final Wiring wiring;

  private OnlookerServer(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * Starts a server that keeps everything in its data folder.
   *
   * @throws IOException when the port is taken or the data folder cannot be written
   */
  public static OnlookerServer open(ServerConfig config) throws IOException {
    return new OnlookerServer(Wiring.start(config));
  }

  /**
   * Starts a server over this store, which it closes when it is closed.
   *
   * @throws IOException when the port is taken or the data folder cannot be written
   */
  public static OnlookerServer open(ServerConfig config, Store store) throws IOException {
    return new OnlookerServer(Wiring.start(config, store));
  }

  public int port() {
    return wiring.http().port();
  }

  /** Where it is reached, without a slash at the end. */
  public String address() {
    return wiring.address();
  }

  /** A link that signs one browser in, once, within a day. */
  public String signInLink() {
    return address() + wiring.access().signInPath();
  }

  /** The DSN that was made because no key was there yet; null when one was. */
  public @Nullable String firstDsn() {
    return wiring.firstDsn();
  }

  /** The DSN of a key that is made for this. */
  String dsn(String label) {
    return wiring.newDsn(label);
  }

  Store store() {
    return wiring.store();
  }

  /** Takes no more requests, lets open ones finish, and makes everything durable. */
  @Override
  public void close() {
    wiring.close();
  }
}
