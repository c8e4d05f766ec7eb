package io.onlooker.redact;

import java.util.List;

/**
 * The card numbers one issuer gives out.
 *
 * @param from the lowest first four digits
 * @param to the highest
 * @param lengths the numbers of digits it uses, one bit each
 */
record CardIssuer(int from, int to, int lengths) {

  private static final List<CardIssuer> ALL =
      List.of(
          // Visa
          new CardIssuer(4000, 4999, bit(13) | bit(16) | bit(19)),
          // Mastercard
          new CardIssuer(5100, 5599, bit(16)),
          new CardIssuer(2221, 2720, bit(16)),
          // American Express
          new CardIssuer(3400, 3499, bit(15)),
          new CardIssuer(3700, 3799, bit(15)),
          // Discover
          new CardIssuer(6011, 6011, bits(16, 19)),
          new CardIssuer(6440, 6599, bits(16, 19)),
          // Diners
          new CardIssuer(3000, 3059, bits(14, 19)),
          new CardIssuer(3600, 3699, bits(14, 19)),
          new CardIssuer(3800, 3999, bits(14, 19)),
          // JCB
          new CardIssuer(3528, 3589, bits(16, 19)),
          // UnionPay
          new CardIssuer(6200, 6299, bits(16, 19)),
          // Maestro
          new CardIssuer(5018, 5018, bits(13, 19)),
          new CardIssuer(5020, 5020, bits(13, 19)),
          new CardIssuer(5038, 5038, bits(13, 19)),
          new CardIssuer(5893, 5893, bits(13, 19)),
          new CardIssuer(6304, 6304, bits(13, 19)),
          new CardIssuer(6759, 6759, bits(13, 19)),
          new CardIssuer(6761, 6763, bits(13, 19)),
          new CardIssuer(6767, 6767, bits(13, 19)));

  /** Whether any issuer gives out numbers with this beginning and this many digits. */
  static boolean issues(int firstFour, int digits) {
    for (CardIssuer issuer : ALL) {
      if (firstFour >= issuer.from
          && firstFour <= issuer.to
          && (issuer.lengths & bit(digits)) != 0) {
        return true;
      }
    }
    return false;
  }

  private static int bit(int length) {
    return 1 << length;
  }

  private static int bits(int from, int to) {
    return bit(to + 1) - bit(from);
  }
}
