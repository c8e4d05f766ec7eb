package io.onlooker.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.TracingEvent;
import io.onlooker.export.SessionsServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerRulesTest {

  private static final String OFF = "{\"pii\":{\"enabled\":false}}";

  private final SessionsServer server = SessionsServer.ours();
  private final ServerRules rules =
      ServerRules.at(server.address(), "key-1").every(Duration.ofMillis(20)).build();

  @AfterEach
  void close() {
    rules.close();
    server.close();
  }

  private String left(String text) {
    TracingEvent left = rules.process(Items.input(text));
    return String.valueOf(left.span().input());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void awaitVersion(String version) {
    rules.start();
    await(() -> version.equals(rules.rules().version()));
  }

  private void awaitFailure(String part) {
    rules.start();
    await(() -> String.valueOf(rules.lastFailure()).contains(part));
  }

  @Test
  void nothingAsked_beforeTheFirstItem() {
    assertThat(rules.rules()).isEqualTo(RedactionRules.BUILT_IN);
    assertThat(server.configRequests()).isEmpty();

    assertThat(left("mira@example.com")).isEqualTo("[EMAIL]");

    await(() -> !server.configRequests().isEmpty());
  }

  @Test
  void rules_areThoseOfTheProject() {
    server.config(
        """
        {"version":"7","sampling":{"rate":1},"pii":{"enabled":true,"new":"thing",
         "kinds":{"EMAIL":"mask","IP":"off"},
         "patterns":[{"name":"ORDER","pattern":"ORD-\\\\d+","mode":"label","since":3}],
         "secretKeys":["badgeNo"]}}
        """
            .replace(",\"since\":3", ""),
        null);
    awaitVersion("7");

    assertThat(left("mira@example.com from 203.0.113.9 about ORD-17 and 123-45-6789"))
        .isEqualTo("****@*******.*** from 203.0.113.9 about [ORDER] and [SSN]");
    assertThat(left("{\"badgeNo\":\"17\"}")).isEqualTo("{\"badgeNo\":\"[SECRET]\"}");
  }

  @Test
  void unchanged_isAskedForByItsTag() {
    server.config("{\"version\":\"1\",\"pii\":{\"kinds\":{\"IP\":\"off\"}}}", "\"abc\"");
    awaitVersion("1");

    await(() -> server.configRequests().size() >= 3);

    assertThat(server.configRequests().get(0)).isEqualTo("null");
    assertThat(server.configRequests().subList(1, 3)).containsOnly("\"abc\"");
    assertThat(left("203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(rules.lastFailure()).isNull();
  }

  @Test
  void rules_changeWhileRunning() {
    server.config("{\"version\":\"1\",\"pii\":{\"kinds\":{\"EMAIL\":\"off\"}}}", "\"1\"");
    awaitVersion("1");
    assertThat(left("mira@example.com")).isEqualTo("mira@example.com");

    server.config("{\"version\":\"2\",\"pii\":{}}", "\"2\"");
    awaitVersion("2");

    assertThat(left("mira@example.com")).isEqualTo("[EMAIL]");
  }

  @Test
  void turnedOff_onlyNamedSecretsStayHidden() {
    server.config(OFF.replace("{\"pii\"", "{\"version\":\"9\",\"pii\""), null);
    awaitVersion("9");

    assertThat(left("mira@example.com")).isEqualTo("mira@example.com");
    assertThat(left("{\"password\":\"hunter2\"}")).isEqualTo("{\"password\":\"[SECRET]\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html><html><body>Sign in</body></html>",
        "{\"pii\":",
        "[]",
        "null",
        "{\"version\":\"2\"}",
        "{\"pii\":\"on\"}",
        "{\"pii\":{\"enabled\":\"no\"}}",
        "{\"pii\":{\"kinds\":[\"EMAIL\"]}}",
        "{\"pii\":{\"kinds\":{\"EMAIL\":\"shred\"}}}",
        "{\"pii\":{\"patterns\":[{\"name\":\"A\",\"pattern\":\"(a\"}]}}",
        "{\"pii\":{\"patterns\":[{\"name\":\"A\",\"pattern\":\"(a)\\\\1\"}]}}",
      })
  void badAnswer_changesNothing(String answer) {
    server.config("{\"version\":\"1\",\"pii\":{\"kinds\":{\"IP\":\"off\"}}}", null);
    awaitVersion("1");

    server.config(answer, null);
    awaitFailure("redaction rules: " + server.address() + "/api/sdk/config: ");

    assertThat(rules.rules().version()).isEqualTo("1");
    assertThat(left("mira@example.com 203.0.113.9")).isEqualTo("[EMAIL] 203.0.113.9");
  }

  @Test
  void badAnswer_firstOfAll() {
    server.config("<html>", null);
    awaitFailure("HTML");

    assertThat(left("mira@example.com 203.0.113.9")).isEqualTo("[EMAIL] [IP]");
  }

  @Test
  void hugeAnswer_changesNothing() {
    server.config("{\"pii\":{\"x\":\"" + "y".repeat(600 << 10) + "\"}}", null);
    awaitFailure("more than");

    assertThat(rules.rules()).isEqualTo(RedactionRules.BUILT_IN);
  }

  @Test
  void newerServersKind_doesNotCostThePatterns() {
    server.config(
        "{\"version\":\"8\",\"pii\":{\"kinds\":{\"PASSPORT\":\"label\",\"IP\":\"off\"},"
            + "\"patterns\":[{\"name\":\"ORDER\",\"pattern\":\"ORD-\\\\d+\"}]}}",
        null);
    awaitVersion("8");

    assertThat(left("ORD-17 203.0.113.9")).isEqualTo("[ORDER] 203.0.113.9");
  }

  @Test
  void serverGoesAway_lastGoodRulesStay() {
    server.config("{\"version\":\"1\",\"pii\":{\"kinds\":{\"IP\":\"off\"}}}", null);
    awaitVersion("1");

    server.close();
    awaitFailure("redaction rules");

    assertThat(left("mira@example.com 203.0.113.9")).isEqualTo("[EMAIL] 203.0.113.9");
  }

  @Test
  void badKey_isSaidWithoutTheKey() {
    server.acceptKeys(key -> false);
    awaitFailure("HTTP 401, bad key");

    assertThat(rules.lastFailure()).doesNotContain("key-1");
  }

  @Test
  void failure_isForgottenWhenItIsOver() {
    server.config("<html>", null);
    awaitFailure("HTML");

    server.config(OFF, null);

    await(() -> rules.lastFailure() == null);
  }

  @Test
  void closed_asksNoMore() {
    rules.start();
    await(() -> !server.configRequests().isEmpty());
    rules.close();
    await(() ->
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("onlooker-rules")));

    assertThat(left("mira@example.com")).isEqualTo("[EMAIL]");
  }

  @Test
  void address_impossible() {
    assertThatThrownBy(() -> ServerRules.at("http://u:secret@host", "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("apiUrl: 'http://***@host' (expected: http(s)://HOST[:PORT][/PATH])");
    assertThatThrownBy(() -> ServerRules.at("http://host", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a\nb");
    assertThatThrownBy(() -> ServerRules.at("http://host", "k").every(Duration.ZERO))
        .hasMessage("every: PT0S (expected: PT0.01S or more)");
  }
}
