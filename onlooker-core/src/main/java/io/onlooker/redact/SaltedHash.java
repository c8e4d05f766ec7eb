package io.onlooker.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of a finding, under a salt that stays in this process (RFC 2104). Thread-safe.
 *
 * <p>A short keyed hash of a value from a small set, such as phone numbers, cannot be turned round
 * without the salt, and says only whether two findings are the same.
 */
final class SaltedHash {

  static final int SHORTEST_SALT = 16;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN_BYTES = 6;

  private final SecretKeySpec salt;

  SaltedHash(byte[] salt) {
    if (salt.length < SHORTEST_SALT) {
      throw new IllegalArgumentException(
          "salt: " + salt.length + " bytes (expected: " + SHORTEST_SALT + " or more)");
    }
    this.salt = new SecretKeySpec(salt, ALGORITHM);
  }

  static byte[] randomSalt() {
    byte[] salt = new byte[32];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Twelve hex digits; the same for the same value, however it is written. */
  String of(String kind, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(salt);
      // The kind goes in too, so that equal hashes of two kinds say nothing.
      byte[] hash = mac.doFinal((kind + '\0' + plain(kind, value)).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing (expected: in every Java)", e);
    }
  }

  private static String plain(String kind, String value) {
    return switch (kind) {
      case "EMAIL", "IP" -> value.toLowerCase(Locale.ROOT);
      case "PHONE", "SSN", "CREDIT_CARD", "IBAN", "KR_RRN" -> lettersAndDigits(value);
      default -> value;
    };
  }

  private static String lettersAndDigits(String value) {
    StringBuilder kept = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Chars.isDigit(c)) {
        kept.append(Chars.digit(c));
      } else if (Chars.isLetterOrDigit(c)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
