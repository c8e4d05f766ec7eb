package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.TracingEvent;
import io.onlooker.export.SessionsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code docs/privacy.md} says is so. */
class PrivacyPageTest {

  private static final Path PAGE = Path.of("../docs/privacy.md");

  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(PAGE);
  }

  @Test
  void texts_leaveAsShown() {
    List<String[]> rows = rows("Text");

    assertThat(rows).hasSize(11);
    for (String[] row : rows) {
      assertThat(Redactor.create().redact(row[0]).text()).isEqualTo(row[1]);
    }
  }

  @Test
  void json_leavesAsShown() {
    RedactionProcessor processor = new RedactionProcessor(RedactionRules.BUILT_IN);

    assertThat(rows("JSON")).hasSize(3);
    for (String[] row : rows("JSON")) {
      assertThat(processor.process(Items.output(row[0])).span().output()).isEqualTo(row[1]);
    }
  }

  @Test
  void patterns_answerAsShown() {
    assertThat(rows("Pattern")).hasSize(4);
    for (String[] row : rows("Pattern")) {
      if (row[1].equals("works")) {
        assertThat(new RedactionRules.Pattern("OWN", row[0], RedactionMode.LABEL)).isNotNull();
      } else {
        assertThatThrownBy(() -> OwnPattern.compile(row[0])).hasMessage(row[1]);
      }
    }
  }

  @Test
  void modes_writeAsShown() {
    String text = "card 4012884845459226 of mira@example.com";

    assertThat(page).contains("| mode | `" + text + "` becomes |");
    for (RedactionMode mode : RedactionMode.values()) {
      RedactionRules.Builder rules = RedactionRules.builder();
      rules.kind(PiiKind.EMAIL, mode).kind(PiiKind.CREDIT_CARD, mode);
      String written =
          Redactor.of(rules.build())
              .redact(text)
              .text()
              .replaceAll(":[0-9a-f]{12}]", ":` 12 hex digits `]");
      assertThat(page)
          .contains(
              "| `" + mode.name().toLowerCase(java.util.Locale.ROOT) + "` | `" + written + "` |");
    }
  }

  @Test
  void rulesInJson_areThoseInJava() {
    String json = page.substring(page.indexOf("```json\n") + 8);

    RedactionRules rules = RedactionRules.parse(json.substring(0, json.indexOf("```")));

    RedactionRules inJava = rules();
    assertThat(rules.version()).isEqualTo("7");
    assertThat(rules.kinds()).isEqualTo(inJava.kinds());
    assertThat(rules.patterns()).isEqualTo(inJava.patterns());
    assertThat(rules.hiddenPaths()).isEqualTo(inJava.hiddenPaths());
    assertThat(rules.secretKeys()).isEqualTo(inJava.secretKeys());
  }

  @Test
  void processor_redactsBeforeTheExporter() {
    Kept exporter = new Kept();
    // snippet: processor
    RedactionProcessor redaction = new RedactionProcessor(RedactionRules.BUILT_IN);
    Onlooker onlooker = Onlooker.init(options -> options.processor(redaction).exporter(exporter));
    // end
    onlooker.runSpan(
        SpanOptions.named("to mira@example.com"), span -> span.setAttribute("a", "10.0.0.1"));
    onlooker.close();

    assertThat(exporter.names).isNotEmpty().containsOnly("to [EMAIL]");
    assertThat(redaction.counts()).containsKeys("EMAIL", "IP");
  }

  @Test
  void rules_hashAndSalt() {
    RedactionRules rules = rules();
    String secret = "kept by the operator";
    // snippet: salt
    byte[] salt = secret.getBytes(StandardCharsets.UTF_8); // at least 16 bytes, not in the code
    RedactionProcessor hashing = new RedactionProcessor(rules, salt);
    // end
    RedactionProcessor other = new RedactionProcessor(rules, salt);

    assertThat(hashing.process(Items.output("mira@example.com")))
        .isEqualTo(other.process(Items.output("Mira@example.com")));
  }

  @Test
  void rules_fromTheServer() {
    try (SessionsServer server = SessionsServer.ours()) {
      String dsn = server.address().replace("//", "//key@") + "/1";
      // snippet: pii
      Onlooker onlooker = Onlooker.init(options -> options.dsn(dsn).pii(true));
      // end
      onlooker.runSpan(SpanOptions.named("to mira@example.com"), span -> {});
      onlooker.flush(Duration.ofSeconds(60));
      onlooker.close();

      assertThat(server.bodies()).hasSize(1);
      assertThat(server.bodies().get(0)).contains("to [EMAIL]").doesNotContain("mira@");
    }
  }

  @Test
  void rules_tested() {
    RedactionRules rules = rules();
    // snippet: test
    RedactedText redacted = Redactor.of(rules).redact("badge EMP-004711, call 312-555-0172");

    assertThat(redacted.text()).isEqualTo("badge [EMPLOYEE], call [PHONE]");
    assertThat(redacted.findings()).extracting(Finding::kind).containsExactly("EMPLOYEE", "PHONE");
    // end
  }

  private static RedactionRules rules() {
    RedactionProcessor redaction = new RedactionProcessor(RedactionRules.BUILT_IN);
    // snippet: rules
    RedactionRules rules =
        RedactionRules.builder()
            .kind(PiiKind.EMAIL, RedactionMode.HASH)
            .kind(PiiKind.CREDIT_CARD, RedactionMode.MASK)
            .without(PiiKind.IP)
            .pattern("EMPLOYEE", "EMP-\\d{6}")
            .hide("input.customer.address")
            .secretKey("badgeNo")
            .build();
    redaction.rules(rules); // in force for every item that comes after
    // end
    return redaction.rules();
  }

  /** The rows of all tables whose first heading is the word; what stands in backquotes. */
  private List<String[]> rows(String heading) {
    List<String[]> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : page.split("\n", -1)) {
      if (line.startsWith("| " + heading + " |")) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("|---")) {
        String[] cells = line.replace("\\|", "\0").split("\\|", -1);
        rows.add(new String[] {cell(cells[1]), cell(cells[2])});
      }
    }
    return rows;
  }

  private static String cell(String cell) {
    return cell.strip().replace("`", "").replace('\0', '|');
  }

  /** Keeps the names of spans. */
  private static final class Kept implements Exporter {

    private final List<String> names = new ArrayList<>();

    @Override
    public void exportTracingEvent(TracingEvent event) {
      names.add(event.span().name());
    }

    @Override
    public boolean flush(Duration timeout) {
      return true;
    }

    @Override
    public boolean shutdown(Duration timeout) {
      return true;
    }
  }
}
