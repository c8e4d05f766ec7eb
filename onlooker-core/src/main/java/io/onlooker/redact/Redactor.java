package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds personal data and secrets in a text and replaces them. Immutable, safe for many threads.
 *
 * <p>Takes time in proportion to the text, whatever the text is. What is a finding and what is not
 * is said in {@code docs/privacy.md}.
 */
public final class Redactor {

  private final Triggers triggers;
  private final Map<String, OwnPattern> patterns;
  private final Map<String, Replacement> replacements;

  private Redactor(RedactionRules rules, SaltedHash hash) {
    this.triggers = new Triggers(rules.kinds().keySet());
    Map<String, OwnPattern> compiled = new LinkedHashMap<>();
    Map<String, Replacement> all = new HashMap<>();
    rules
        .kinds()
        .forEach((kind, mode) -> all.put(kind.name(), new Replacement(kind.name(), mode, hash)));
    for (RedactionRules.Pattern pattern : rules.patterns()) {
      compiled.put(pattern.name(), OwnPattern.compile(pattern.pattern()));
      all.put(pattern.name(), new Replacement(pattern.name(), pattern.mode(), hash));
    }
    this.patterns = Collections.unmodifiableMap(compiled);
    this.replacements = Map.copyOf(all);
  }

  /** Finds every {@link PiiKind} and puts its label in its place. */
  public static Redactor create() {
    return of(RedactionRules.BUILT_IN);
  }

  /** Follows the rules; hashes are comparable within this redactor only. */
  public static Redactor of(RedactionRules rules) {
    return of(rules, SaltedHash.randomSalt());
  }

  /**
   * Follows the rules; hashes are comparable wherever the same salt is used.
   *
   * @param salt at least 16 bytes that nobody can guess; kept in memory, never sent
   * @throws IllegalArgumentException for a shorter salt
   */
  public static Redactor of(RedactionRules rules, byte[] salt) {
    return of(rules, new SaltedHash(salt));
  }

  static Redactor of(RedactionRules rules, SaltedHash hash) {
    return new Redactor(rules, hash);
  }

  /** The text as it may leave, with what was found. */
  public RedactedText redact(String text) {
    return redact(requireNonNull(text, "text"), Budget.unlimited());
  }

  /** The same, spending of the budget one per character read. */
  RedactedText redact(String text, Budget budget) {
    Scan scan = new Scan(text, triggers);
    scan.run();
    budget.spend(scan.work());
    Candidates candidates = scan.candidates;
    for (Map.Entry<String, OwnPattern> pattern : patterns.entrySet()) {
      candidates = candidates.merge(pattern.getValue().find(text, pattern.getKey(), budget));
    }
    if (candidates.count() == 0) {
      return new RedactedText(text, List.of());
    }
    candidates.resolve();
    return replace(text, candidates);
  }

  private RedactedText replace(String text, Candidates found) {
    List<Finding> findings = new ArrayList<>(found.count());
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    for (int i = 0; i < found.count(); i++) {
      Replacement replacement = requireNonNull(replacements.get(found.kind(i)));
      out.append(text, copied, found.start(i));
      replacement.append(out, text, found.start(i), found.end(i));
      copied = found.end(i);
      findings.add(new Finding(found.kind(i), found.start(i), found.end(i)));
    }
    return new RedactedText(out.append(text, copied, text.length()).toString(), findings);
  }
}
