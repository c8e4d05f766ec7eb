package io.onlooker.server;

import io.onlooker.redact.RedactionProcessor;
import io.onlooker.redact.RedactionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules to redact by. */
final class PiiOptions {

  @Option(
      names = "--pii-rules",
      paramLabel = "FILE",
      description = "Rules as JSON (docs/privacy.md); without it every kind is redacted.")
  private @Nullable Path rules;

  /** Whether rules were named. */
  boolean given() {
    return rules != null;
  }

  /**
   * What redacts by them.
   *
   * @throws IllegalArgumentException when they are no rules
   */
  RedactionProcessor processor() throws IOException {
    if (rules == null) {
      return new RedactionProcessor(RedactionRules.BUILT_IN);
    }
    if (!Files.isReadable(rules)) {
      throw new IllegalArgumentException("pii-rules: " + rules + " (expected: a readable file)");
    }
    return new RedactionProcessor(RedactionRules.parse(Files.readString(rules)));
  }
}
