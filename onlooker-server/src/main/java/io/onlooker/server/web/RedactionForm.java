package io.onlooker.server.web;

import io.onlooker.redact.Finding;
import io.onlooker.redact.PiiKind;
import io.onlooker.redact.RedactedText;
import io.onlooker.redact.RedactionMode;
import io.onlooker.redact.RedactionRules;
import io.onlooker.redact.Redactor;
import io.onlooker.server.privacy.PiiPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project's redaction rules as a form, and a sample that shows what they do. */
final class RedactionForm {

  private static final int LONGEST_SAMPLE = 20_000;

  static final String SAMPLE =
      "My email is mira@example.com, call (617) 555-0170. Card 4012 8848 4545 9226.";

  private final PiiPolicies policies;

  RedactionForm(PiiPolicies policies) {
    this.policies = policies;
  }

  /** What is in force, and the sample of the form as it would leave an application. */
  SettingsView.Redaction shown(int project, FormBody form) {
    RedactionRules rules = policies.rules(project);
    String sample = form.fields().containsKey("sample") ? form.text("sample") : SAMPLE;
    String tried = sample.length() > LONGEST_SAMPLE ? sample.substring(0, LONGEST_SAMPLE) : sample;
    RedactedText redacted = Redactor.of(rules).redact(tried);
    return new SettingsView.Redaction(
        policies.enabled(project),
        List.of(PiiKind.values()).stream().map(kind -> mode(rules, kind)).toList(),
        rules.patterns().stream()
            .map(one -> one.name() + " " + word(one.mode()) + " " + one.pattern())
            .collect(Collectors.joining("\n")),
        String.join("\n", rules.hiddenPaths()),
        String.join("\n", rules.secretKeys()),
        List.of(),
        tried,
        before(tried, redacted.findings()),
        Piece.of(redacted.text()));
  }

  /** Null when the rules are in force now, else what is wrong with them. */
  @Nullable String save(int project, FormBody form) {
    try {
      policies.change(project, form.text("enabled").equals("on"), rules(form));
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static RedactionRules rules(FormBody form) {
    RedactionRules.Builder rules = RedactionRules.builder();
    for (PiiKind kind : PiiKind.values()) {
      String mode = form.text("kind." + kind.name());
      if (mode.equals("off")) {
        rules.without(kind);
      } else if (!mode.isEmpty()) {
        rules.kind(kind, mode(mode));
      }
    }
    lines(form.text("patterns")).forEach(line -> pattern(rules, line));
    lines(form.text("hidden")).forEach(rules::hide);
    lines(form.text("secretKeys")).forEach(rules::secretKey);
    return rules.build();
  }

  private static void pattern(RedactionRules.Builder rules, String line) {
    String[] parts = line.split("\\s+", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException(
          "pattern: "
              + line
              + " (expected: NAME mode expression, such as EMPLOYEE label EMP-\\d{6})");
    }
    rules.pattern(parts[0], parts[2], mode(parts[1]));
  }

  private static RedactionMode mode(String word) {
    for (RedactionMode mode : RedactionMode.values()) {
      if (word(mode).equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode: " + word + " (expected: label, hash, mask or remove)");
  }

  private static SettingsView.Pair mode(RedactionRules rules, PiiKind kind) {
    RedactionMode mode = rules.kinds().get(kind);
    return new SettingsView.Pair(kind.name(), mode == null ? "off" : word(mode));
  }

  private static String word(RedactionMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** The sample with its findings as stretches of their own. */
  private static List<Piece> before(String sample, List<Finding> findings) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (Finding finding : findings) {
      if (finding.start() >= at) {
        pieces.add(new Piece(sample.substring(at, finding.start()), false));
        pieces.add(new Piece(sample.substring(finding.start(), finding.end()), true));
        at = finding.end();
      }
    }
    pieces.add(new Piece(sample.substring(at), false));
    return pieces;
  }
}
