package io.onlooker.server.ingest;

import io.onlooker.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request body that was kept in a file, told apart by the file's name.
 *
 * @param name {@code *.envelope}, {@code *.body}, {@code *.otlp.json}, {@code *.otlp.pb}, {@code
 *     *.logs.otlp.json} or {@code *.logs.otlp.pb}
 */
public record Recording(String name, byte[] body) {

  /** Whether a file of this name holds a request body. */
  public static boolean known(String name) {
    return name.endsWith(".envelope")
        || name.endsWith(".body")
        || name.endsWith(".otlp.json")
        || name.endsWith(".otlp.pb");
  }

  public boolean otlp() {
    return name.endsWith(".otlp.json") || name.endsWith(".otlp.pb");
  }

  public boolean logs() {
    return otlp() && name.contains(".logs.");
  }

  /** What the request says of its content, or null where nobody looks at it. */
  public @Nullable String contentType() {
    return otlp() ? encoding().contentType() : null;
  }

  /**
   * The items inside, normalised as if they had been received.
   *
   * @throws IllegalArgumentException when the body is not what the name says
   */
  public List<Item> items() {
    try {
      return protocol().decode(body, 1).items().stream().map(Normaliser::normalise).toList();
    } catch (Malformed e) {
      throw new IllegalArgumentException(name + ": " + e.detail(), e);
    }
  }

  private Protocol protocol() {
    if (!otlp()) {
      return new SentryProtocol(Integer.MAX_VALUE)::envelope;
    }
    OtlpProtocol protocol = new OtlpProtocol(encoding(), Integer.MAX_VALUE);
    return logs() ? protocol::logs : protocol::traces;
  }

  private OtlpEncoding encoding() {
    return name.endsWith(".json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
  }
}
