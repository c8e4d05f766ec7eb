package io.onlooker.server.web;

import io.onlooker.redact.Finding;
import io.onlooker.redact.PiiKind;
import io.onlooker.redact.RedactedText;
import io.onlooker.redact.RedactionMode;
import io.onlooker.redact.RedactionRules;
import io.onlooker.redact.Redactor;
import io.onlooker.server.http.Request;
import io.onlooker.server.privacy.LeakSentinel;
import io.onlooker.server.privacy.PiiPolicies;
import io.onlooker.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project's redaction rules as a form, and a sample that shows what they do. */
final class RedactionForm implements SettingsSection {

  private static final int LONGEST_SAMPLE = 20_000;

  static final String SAMPLE =
      "My email is mira@example.com, call (617) 555-0170. Card 4012 8848 4545 9226.";

  static final List<String> MODES = List.of("label", "hash", "mask", "remove", "off");

  private final PiiPolicies policies;
  private final LeakSentinel sentinel;
  private final Store store;

  RedactionForm(PiiPolicies policies, LeakSentinel sentinel, Store store) {
    this.policies = policies;
    this.sentinel = sentinel;
    this.store = store;
  }

  /**
   * What leaves an application and what does not.
   *
   * @param kinds each kind, its mode and how often it was replaced in the last 24 hours
   * @param patterns the project's own, one in a line: {@code NAME mode expression}
   * @param hits what the project's own rules replaced in the last 24 hours, and what was hidden
   * @param leaks what came in spite of the rules since the server's start, by kind
   * @param scanned how many texts were looked into for leaks since then
   * @param sample what was tried, or empty
   * @param before the sample, each finding as a stretch of its own
   * @param after the sample as it would leave
   */
  record View(
      boolean enabled,
      List<Kind> kinds,
      String patterns,
      String hidden,
      String secretKeys,
      List<Count> hits,
      List<Count> leaks,
      String scanned,
      String sample,
      List<Piece> before,
      List<Piece> after)
      implements Body {}

  /** A kind of personal data, what becomes of it, and how often it did. */
  record Kind(String name, String mode, String hits) {}

  /** How often something was found. */
  record Count(String name, String count) {}

  /** What is in force, and the sample of the form as it would leave an application. */
  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    int project = visit.project();
    RedactionRules rules = policies.rules(project);
    String sample = form.fields().containsKey("sample") ? form.text("sample") : SAMPLE;
    String tried = sample.length() > LONGEST_SAMPLE ? sample.substring(0, LONGEST_SAMPLE) : sample;
    RedactedText redacted = Redactor.of(rules).redact(tried);
    List<String> own = new ArrayList<>(List.of("SECRET", "HIDDEN", "FAILED"));
    rules.patterns().forEach(pattern -> own.add(pattern.name()));
    Map<String, Long> hits = new RedactionHits(store, project).lastDay(own, visit.frame().now());
    return new View(
        policies.enabled(project),
        Stream.of(PiiKind.values()).map(kind -> kind(rules, kind, hits)).toList(),
        rules.patterns().stream()
            .map(one -> one.name() + " " + word(one.mode()) + " " + one.pattern())
            .collect(Collectors.joining("\n")),
        String.join("\n", rules.hiddenPaths()),
        String.join("\n", rules.secretKeys()),
        own.stream().map(name -> count(name, hits.getOrDefault(name, 0L))).toList(),
        sentinel.leaks(project).entrySet().stream()
            .map(leak -> count(leak.getKey(), leak.getValue()))
            .toList(),
        Show.count(sentinel.scanned(project)),
        tried,
        before(tried, redacted.findings()),
        Piece.of(redacted.text()));
  }

  private static Count count(String name, long count) {
    return new Count(name, Show.count(count));
  }

  @Override
  public Done change(Pages.Visit visit, FormBody form, boolean all) {
    if (!form.text("do").equals("redaction")) {
      return Done.unknown(form);
    }
    boolean off = !form.text("enabled").equals("on") && policies.enabled(visit.project());
    Done unconfirmed = off ? Done.unconfirmed(visit.frame(), form) : null;
    if (unconfirmed != null) {
      return unconfirmed;
    }
    String problem = save(visit.project(), form);
    return problem == null
        ? Done.said("Saved. Applies to events received from now on.")
        : Done.problem(problem);
  }

  /** Null when the rules are in force now, else what is wrong with them. */
  private @Nullable String save(int project, FormBody form) {
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

  private static Kind kind(RedactionRules rules, PiiKind kind, Map<String, Long> hits) {
    RedactionMode mode = rules.kinds().get(kind);
    return new Kind(
        kind.name(),
        mode == null ? "off" : word(mode),
        Show.count(hits.getOrDefault(kind.name(), 0L)));
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
