package io.onlooker.server.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;

/**
 * Hashes of passwords, Argon2id with a random salt. A hash tells its own parameters, so that these
 * may change without making anybody choose a new password. Safe for many threads.
 */
final class Passwords {

  /** Characters; what length gives, rules about letters and digits do not. */
  static final int SHORTEST = 12;

  static final int LONGEST = 200;

  /** KiB, passes and lanes: the least that OWASP's cheat sheet on storing passwords recommends. */
  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  /** Each takes its memory and tenths of a second, so strangers must not start many. */
  private static final Semaphore AT_ONCE = new Semaphore(2, true);

  private Passwords() {}

  /**
   * The hash of a password.
   *
   * @throws IllegalArgumentException when it is too short or too long
   */
  static String hash(String password) {
    int length = password.length();
    if (length < SHORTEST || length > LONGEST) {
      throw new IllegalArgumentException(
          "password: " + length + " characters (expected: " + SHORTEST + " to " + LONGEST + ")");
    }
    AT_ONCE.acquireUninterruptibly();
    try {
      return Password.hash(password).addRandomSalt(16).with(ARGON2).getResult();
    } finally {
      AT_ONCE.release();
    }
  }

  static boolean matches(String password, String hash) {
    if (password.length() > LONGEST) {
      return false;
    }
    AT_ONCE.acquireUninterruptibly();
    try {
      return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    } finally {
      AT_ONCE.release();
    }
  }
}
