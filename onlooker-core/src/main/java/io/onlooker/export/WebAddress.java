package io.onlooker.export;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Addresses of receivers, as settings give them. */
final class WebAddress {

  private static final int LARGEST_PORT = 65_535;

  private WebAddress() {}

  /**
   * The address that this setting gives, without slashes at its end.
   *
   * @throws IllegalArgumentException naming the setting, when it is no http(s) address; a password
   *     in it is not shown
   */
  static URI of(String setting, String address) {
    try {
      URI uri = URI.create(address.strip().replaceAll("/+$", ""));
      if (Checks.web(uri.getScheme()) && uri.getHost() != null && uri.getPort() <= LARGEST_PORT) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(setting, address, e);
    }
    throw malformed(setting, address, null);
  }

  private static IllegalArgumentException malformed(
      String setting, String address, @Nullable Exception cause) {
    return new IllegalArgumentException(
        setting + ": '" + Checks.masked(address) + "' (expected: http(s)://HOST[:PORT][/PATH])",
        cause);
  }
}
