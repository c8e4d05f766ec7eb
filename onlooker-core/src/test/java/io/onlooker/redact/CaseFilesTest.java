package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is and what is not personal data, as the case files say. */
class CaseFilesTest {

  private final Redactor redactor = Redactor.create();

  static List<CaseFiles.Case> findings() {
    return CaseFiles.findings();
  }

  static List<CaseFiles.Case> harmless() {
    return CaseFiles.harmless();
  }

  @Test
  void files_whole() {
    assertThat(CaseFiles.findings()).hasSize(300);
    assertThat(CaseFiles.harmless()).hasSize(500);
  }

  @ParameterizedTest
  @MethodSource("findings")
  void text_withFindings(CaseFiles.Case each) {
    RedactedText redacted = redactor.redact(each.text());

    assertThat(redacted.findings()).isEqualTo(each.findings());
    assertThat(redacted.text()).isEqualTo(each.expect());
  }

  @Test
  void text_harmless_rate() {
    List<CaseFiles.Case> harmless = harmless();

    List<CaseFiles.Case> wrong =
        harmless.stream().filter(each -> !redactor.redact(each.text()).clean()).toList();

    System.out.printf("false positives: %d of %d%n", wrong.size(), harmless.size());
    assertThat(wrong).hasSizeLessThanOrEqualTo(harmless.size() / 100);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void text_harmless(CaseFiles.Case each) {
    RedactedText redacted = redactor.redact(each.text());

    assertThat(redacted.findings()).isEmpty();
    assertThat(redacted.text()).isSameAs(each.text());
  }
}
