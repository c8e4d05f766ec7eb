package io.onlooker.redact;

import java.util.HashSet;
import java.util.Set;

/**
 * Which keys hold secrets, by their name. Immutable.
 *
 * <p>A name is compared in lower case without its signs, as a whole and by its last dotted part:
 * {@code API-Key}, {@code http.request.header.authorization}. So {@code prompt_tokens}, {@code
 * token_count} and {@code cookieConsent} are none. Names that can mean nothing else count with
 * anything before them: {@code dbPassword}.
 */
final class SecretNames {

  private static final Set<String> NAMES =
      Set.of(
          "password",
          "passwords",
          "passwd",
          "passphrase",
          "passcode",
          "pwd",
          "secret",
          "secrets",
          "secretkey",
          "clientsecret",
          "sharedsecret",
          "signingsecret",
          "token",
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "authtoken",
          "bearertoken",
          "sessiontoken",
          "securitytoken",
          "csrftoken",
          "xsrftoken",
          "apitoken",
          "oauthtoken",
          "apikey",
          "apikeys",
          "xapikey",
          "apisecret",
          "accesskey",
          "secretaccesskey",
          "auth",
          "authorization",
          "proxyauthorization",
          "xauthtoken",
          "bearer",
          "jwt",
          "cookie",
          "cookies",
          "setcookie",
          "sessioncookie",
          "credential",
          "credentials",
          "privatekey",
          "signingkey",
          "encryptionkey",
          "sshkey",
          "ssn",
          "socialsecuritynumber",
          "cvv",
          "cvc");

  private static final Set<String> ENDINGS =
      Set.of(
          "password", "passwd", "apikey", "secretkey", "accesstoken", "clientsecret", "privatekey");

  private static final int LONGEST_NAME = 200;

  private final Set<String> names;

  /** Knows the names above and those given. */
  SecretNames(Set<String> further) {
    Set<String> all = new HashSet<>(NAMES);
    further.forEach(name -> all.add(plain(name, 0)));
    names = Set.copyOf(all);
  }

  boolean isSecret(String key) {
    if (key.length() > LONGEST_NAME) {
      return false;
    }
    String whole = plain(key, 0);
    return names.contains(whole)
        || ENDINGS.stream().anyMatch(whole::endsWith)
        || names.contains(plain(key, key.lastIndexOf('.') + 1));
  }

  private static String plain(String key, int from) {
    StringBuilder plain = new StringBuilder(key.length() - from);
    for (int i = from; i < key.length(); i++) {
      if (Character.isLetterOrDigit(key.charAt(i))) {
        plain.append(Character.toLowerCase(key.charAt(i)));
      }
    }
    return plain.toString();
  }
}
