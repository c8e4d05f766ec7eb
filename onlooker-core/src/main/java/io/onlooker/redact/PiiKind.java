package io.onlooker.redact;

import org.jspecify.annotations.Nullable;

/** The kinds of personal data and secrets that are found without being told their shape. */
public enum PiiKind {
  /** An e-mail address with a dot in its domain. */
  EMAIL,
  /** A telephone number: international, or as written in the US, Korea, Germany, the UK, France. */
  PHONE,
  /** A US social security number with its dashes. */
  SSN,
  /** A payment card number: an issuer's prefix, a length it uses, the Luhn digit right. */
  CREDIT_CARD,
  /** An IPv4 or IPv6 address other than loopback and unspecified. */
  IP,
  /** An international bank account number whose check digits are right (mod 97). */
  IBAN,
  /** A Korean resident registration number: a real date, the check digit right. */
  KR_RRN,
  /** A vendor's key, a JSON Web Token, the token behind {@code Bearer}, a private key block. */
  API_KEY,
  /** The user and password of a URL. */
  URL_CREDENTIALS;

  /** The kind of this name, or null. */
  static @Nullable PiiKind named(String name) {
    for (PiiKind kind : values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
