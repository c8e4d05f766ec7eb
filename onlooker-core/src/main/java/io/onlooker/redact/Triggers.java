package io.onlooker.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which finders to ask at which character. Immutable. */
final class Triggers {

  private static final List<Finder> ALL =
      List.of(
          new EmailFinder(),
          new UrlCredentialsFinder(),
          new PrivateKeyFinder(),
          new VendorKeyFinder(),
          new SendGridFinder(),
          new JwtFinder(),
          new BearerFinder(),
          new CardFinder(),
          new ResidentNumberFinder(),
          new SsnFinder(),
          new PhoneFinder(),
          new IbanFinder(),
          new Ipv4Finder(),
          new Ipv6Finder());

  /** Index: an ASCII character; full-width digits share the list of the digit zero. */
  private final Finder[][] byChar = new Finder[128][];

  /** Whether a character is worth a look: what the hot loop reads. */
  final boolean[] marked = new boolean[128];

  Triggers(Set<PiiKind> kinds) {
    List<Finder> wanted = ALL.stream().filter(finder -> kinds.contains(finder.kind())).toList();
    for (char c = 0; c < 128; c++) {
      byChar[c] = triggeredBy(c, wanted);
      marked[c] = byChar[c].length > 0;
    }
    // An escape moves the border to which letters count as attached, whoever looks next.
    marked['\\'] = !wanted.isEmpty();
  }

  Finder[] at(char c) {
    return byChar[Chars.isWideDigit(c) ? '0' : c];
  }

  private static Finder[] triggeredBy(char c, List<Finder> wanted) {
    List<Finder> finders = new ArrayList<>();
    for (Finder finder : wanted) {
      if (finder.triggers().indexOf(c) >= 0) {
        finders.add(finder);
      }
    }
    return finders.toArray(Finder[]::new);
  }
}
