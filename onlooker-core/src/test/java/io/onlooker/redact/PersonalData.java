package io.onlooker.redact;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Made-up personal data of every kind, with check digits that are right. */
public final class PersonalData {

  private static final int[] RRN_WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};

  private PersonalData() {}

  public static Arbitrary<String> any() {
    return Arbitraries.oneOf(
        email(), card(), ssn(), phone(), iban(), residentNumber(), key(), ipv4(), ipv6(), bearer());
  }

  static Arbitrary<String> email() {
    Arbitrary<String> local =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .numeric()
            .withChars("._%+-")
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(text -> text.chars().anyMatch(Character::isLetterOrDigit));
    Arbitrary<String> host =
        word("abcdefghijkmnopqrstuvwxyz0123456789", 1, 12).map(text -> 'h' + text);
    return Combinators.combine(local, host, Arbitraries.of("example", "test", "co.example", "com"))
        .as((name, domain, top) -> name + '@' + domain + '.' + top);
  }

  static Arbitrary<String> card() {
    return Combinators.combine(
            Arbitraries.of(
                "4:16", "4:13", "4:19", "53:16", "2300:16", "34:15", "6011:16", "36:14", "3566:16",
                "62:17", "6759:13"),
            digits(19),
            Arbitraries.of("", " ", "-"))
        .as(PersonalData::card);
  }

  static Arbitrary<String> ssn() {
    return Combinators.combine(
            number(1, 899).filter(area -> area != 666), number(1, 99), number(1, 9999), dash())
        .as((area, group, serial, dash) ->
            String.format("%03d%s%02d%s%04d", area, dash, group, dash, serial));
  }

  static Arbitrary<String> phone() {
    return Arbitraries.oneOf(
        shaped("+49 30 ########"),
        shaped("+1 212 555 ####"),
        shaped("+82-10-####-####"),
        shaped("+3364657####"),
        shaped("312-555-####"),
        shaped("(312) 555-####"),
        shaped("1-312-555-####"),
        shaped("415.555.####"),
        shaped("010-####-####"),
        shaped("02)123-####"),
        shaped("053-123-####"),
        shaped("0049 89 99998###"),
        shaped("040/6696####"),
        shaped("(030) 23125-###"),
        shaped("0171 392####"),
        shaped("020 7946 ####"),
        shaped("07700 900###"),
        shaped("06 39 98 ## ##"),
        shaped("06.39.98.##.##"));
  }

  static Arbitrary<String> iban() {
    Arbitrary<String> country =
        Arbitraries.of("DE:18", "GB:18", "FR:23", "NO:11", "MT:27", "ES:20");
    return Combinators.combine(country, digits(27), Arbitraries.of(true, false))
        .as(PersonalData::iban);
  }

  static Arbitrary<String> residentNumber() {
    return Combinators.combine(
            number(0, 99),
            number(1, 12),
            number(1, 28),
            number(1, 4),
            digits(5),
            Arbitraries.of("", "-"))
        .as((year, month, day, sex, rest, dash) -> {
          String digits = String.format("%02d%02d%02d%d%s", year, month, day, sex, rest);
          int sum = 0;
          for (int i = 0; i < 12; i++) {
            sum += RRN_WEIGHTS[i] * (digits.charAt(i) - '0');
          }
          String whole = digits + (11 - sum % 11) % 10;
          return whole.substring(0, 6) + dash + whole.substring(6);
        });
  }

  static Arbitrary<String> key() {
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return Combinators.combine(
            Arbitraries.of(
                "sk-",
                "sk-proj-",
                "ghp_",
                "github_pat_",
                "glpat-",
                "xoxb-",
                "sk_live_",
                "hf_",
                "npm_",
                "AIza"),
            word(letters, 35, 60))
        .as((beginning, body) -> beginning + '7' + body);
  }

  static Arbitrary<String> bearer() {
    return word("abcdefghijklmnopqrstuvwxyz0123456789._~+/-", 16, 40)
        .map(token -> "Bearer 7" + token + 'z');
  }

  static Arbitrary<String> ipv4() {
    return Combinators.combine(number(1, 126), number(0, 255), number(0, 255), number(0, 255))
        .as((a, b, c, d) -> a + "." + b + '.' + c + '.' + d);
  }

  static Arbitrary<String> ipv6() {
    return number(0x1000, 0xffff)
        .list()
        .ofSize(5)
        .map(groups ->
            String.format("2001:db8:%x::%x:%x", groups.get(0), groups.get(1), groups.get(2)));
  }

  private static String card(String issuer, String digits, String joint) {
    int colon = issuer.indexOf(':');
    int length = Integer.parseInt(issuer.substring(colon + 1));
    String body = (issuer.substring(0, colon) + digits).substring(0, length - 1);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = (body.charAt(body.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return inFours(body + (10 - sum % 10) % 10, joint);
  }

  private static String iban(String country, String digits, boolean spaced) {
    int colon = country.indexOf(':');
    String bban = digits.substring(0, Integer.parseInt(country.substring(colon + 1)));
    String code = country.substring(0, colon);
    StringBuilder numeric = new StringBuilder(bban);
    code.chars().forEach(c -> numeric.append(c - 'A' + 10));
    BigInteger whole = new BigInteger(numeric.append("00").toString());
    int check = 98 - whole.mod(BigInteger.valueOf(97)).intValue();
    return inFours(String.format("%s%02d%s", code, check, bban), spaced ? " " : "");
  }

  private static String inFours(String text, String joint) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      out.append(i > 0 && i % 4 == 0 ? joint : "").append(text.charAt(i));
    }
    return out.toString();
  }

  private static Arbitrary<String> shaped(String shape) {
    return digits(12)
        .map(digits -> {
          StringBuilder out = new StringBuilder();
          for (int i = 0; i < shape.length(); i++) {
            out.append(shape.charAt(i) == '#' ? digits.charAt(out.length() % 12) : shape.charAt(i));
          }
          return out.toString();
        });
  }

  private static Arbitrary<String> dash() {
    return Arbitraries.of("-", "\u2011", "\u2013", "\uFF0D");
  }

  private static Arbitrary<Integer> number(int from, int to) {
    return Arbitraries.integers().between(from, to);
  }

  private static Arbitrary<String> digits(int count) {
    return Arbitraries.strings().numeric().ofLength(count);
  }

  private static Arbitrary<String> word(String letters, int fewest, int most) {
    return Arbitraries.strings()
        .withChars(letters.toCharArray())
        .ofMinLength(fewest)
        .ofMaxLength(most);
  }
}
