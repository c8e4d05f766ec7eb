package io.onlooker.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

  @TempDir Path folder;
  private Access access;

  @BeforeEach
  void open() {
    access = open(NOW);
  }

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void open_makesTheFirstProject() {
    assertThat(access.projects()).containsExactly(new Project(1, "default", NOW));
    assertThat(access.hasIngestKey(1)).isFalse();
  }

  @Test
  void open_again() {
    NewKey made = access.createKey(1, Scope.READ, "grafana");
    access.close();

    access = open(NOW.plusSeconds(60));

    assertThat(access.projects()).hasSize(1);
    assertThat(access.key(made.text())).isEqualTo(made.key());
  }

  @Test
  void key_isNotInTheFile() throws Exception {
    NewKey made = access.createKey(1, Scope.INGEST, "first");
    access.close();

    byte[] file = Files.readAllBytes(folder.resolve("settings.db"));

    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .contains("first")
        .doesNotContain(made.text());
  }

  @Test
  void key_removed() {
    NewKey made = access.createKey(1, Scope.INGEST, "first");

    assertThat(access.removeKey(made.key().id())).isTrue();

    assertThat(access.key(made.text())).isNull();
    assertThat(access.removeKey(made.key().id())).isFalse();
  }

  @Test
  void key_rotated() {
    NewKey old = access.createKey(1, Scope.INGEST, "shop");
    access.limitKey(old.key().id(), "span=5/s");

    NewKey made = access.rotateKey(Objects.requireNonNull(access.keyOf(old.key().id())));

    assertThat(made.text()).isNotEqualTo(old.text());
    assertThat(made.key().limits()).isEqualTo("span=5/s");
    assertThat(access.key(old.text())).isNotNull();
    assertThat(access.key(made.text())).isEqualTo(made.key());

    access.removeKey(old.key().id());

    assertThat(access.key(old.text())).isNull();
    assertThat(access.key(made.text())).isEqualTo(made.key());
  }

  @Test
  void key_disabledAndEnabled() {
    NewKey made = access.createKey(1, Scope.INGEST, "shop");

    assertThat(access.disableKey(made.key().id())).isTrue();
    assertThat(access.key(made.text())).isNull();
    assertThat(access.keys(1)).singleElement().matches(key -> !key.live());

    assertThat(access.enableKey(made.key().id())).isTrue();
    assertThat(access.key(made.text())).isEqualTo(made.key());
    assertThat(access.disableKey(99)).isFalse();
  }

  @Test
  void key_ofAnOlderFile() throws Exception {
    NewKey made = access.createKey(1, Scope.INGEST, "old");
    access.close();
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("settings.db"));
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE api_key DROP COLUMN disabled");
      statement.execute("ALTER TABLE api_key DROP COLUMN limits");
      statement.execute("ALTER TABLE project DROP COLUMN deleted");
      statement.execute("PRAGMA user_version = 0");
    }

    access = open(NOW);

    assertThat(access.key(made.text())).isEqualTo(made.key());
  }

  @Test
  void open_newerFile() throws Exception {
    access.close();
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("settings.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThatThrownBy(() -> open(NOW)).hasMessageContaining("version 99 (expected: at most 2;");
    access = Access.open(folder.resolve("other.db"), Clock.systemUTC());
  }

  @Test
  void use_survivesRestart() {
    NewKey made = access.createKey(1, Scope.INGEST, "shop");
    access.key(made.text());
    access.use().count(made.key().id(), "span", KeyUse.ACCEPTED, 3);
    access.close();

    access = open(NOW.plusSeconds(60));
    access.use().count(made.key().id(), "span", KeyUse.ACCEPTED, 2);
    access.use().count(made.key().id(), "span", "invalid", 1);

    assertThat(access.use().today(made.key().id(), "span", KeyUse.ACCEPTED)).isEqualTo(5);
    assertThat(access.use().seen(made.key().id()))
        .isEqualTo(new KeyUse.Seen(NOW.plusSeconds(60), NOW.plusSeconds(60)));
    assertThat(access.use().since(made.key().id(), java.time.LocalDate.parse("2026-11-20")))
        .hasSize(2)
        .containsValues(5L, 1L);
    access.close();

    access = open(NOW.plus(Duration.ofDays(1)));
    assertThat(access.use().today(made.key().id(), "span", KeyUse.ACCEPTED)).isZero();
  }

  @Test
  void key_guessed() {
    NewKey made = access.createKey(1, Scope.INGEST, "shop");
    NewKey disabled = access.createKey(1, Scope.INGEST, "off");
    access.disableKey(disabled.key().id());
    String text = made.text();

    for (int length = 0; length < text.length(); length++) {
      assertThat(access.key(text.substring(0, length))).isNull();
      assertThat(access.key(text.substring(0, length) + "x" + text.substring(length + 1))).isNull();
    }
    assertThat(access.key(text + "0")).isNull();
    assertThat(access.key(disabled.text())).isNull();
    assertThat(access.key("")).isNull();
    assertThat(access.key("\u0000".repeat(100_000))).isNull();
    assertThat(access.key(text)).isEqualTo(made.key());
  }

  @Test
  void ensureKey_twice() {
    access.ensureKey(null, Scope.ADMIN, "bootstrap", "0123456789abcdef0123");
    access.ensureKey(null, Scope.ADMIN, "bootstrap", "0123456789abcdef0123");

    assertThat(access.keys(1)).hasSize(1);
  }

  @Test
  void ensureKey_tooShort() {
    assertThatThrownBy(() -> access.ensureKey(null, Scope.ADMIN, "ONLOOKER_BOOTSTRAP_TOKEN", "abc"))
        .hasMessage("ONLOOKER_BOOTSTRAP_TOKEN: 3 characters (expected: at least 16)");
  }

  @Test
  void require_adminToken() {
    NewKey made = access.createKey(null, Scope.ADMIN, "ops");

    Principal principal = access.require(bearer(made.text()), Scope.READ, 7);

    assertThat(principal).isEqualTo(new Principal("ops", Scope.ADMIN, null, false));
  }

  @Test
  void require_nobody() {
    assertThatThrownBy(() -> access.require(request("GET", Map.of()), Scope.READ))
        .isInstanceOfSatisfying(HttpProblem.class, p -> assertThat(p.status()).isEqualTo(401))
        .hasMessageContaining("authorization: none");
    assertThatThrownBy(() -> access.require(bearer("guess"), Scope.READ))
        .isInstanceOfSatisfying(HttpProblem.class, p -> assertThat(p.status()).isEqualTo(401))
        .hasMessageNotContaining("guess");
  }

  @Test
  void require_ingestKeyReadsNothing() {
    NewKey made = access.createKey(1, Scope.INGEST, "dsn");

    assertThatThrownBy(() -> access.require(bearer(made.text()), Scope.READ))
        .isInstanceOfSatisfying(HttpProblem.class, p -> assertThat(p.status()).isEqualTo(403))
        .hasMessage("scope: ingest (expected: read)");
  }

  @Test
  void require_otherProject() {
    NewKey made = access.createKey(1, Scope.READ, "team a");

    assertThatThrownBy(() -> access.require(bearer(made.text()), Scope.READ, 2))
        .hasMessage("project: 2 (expected: 1, the key's own)");
  }

  @Test
  void signIn_once() {
    String token = access.signInPath().substring("/sign-in?token=".length());

    String cookie = Objects.requireNonNull(access.signIn(token));

    assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
    assertThat(access.signIn(token)).isNull();
    assertThat(access.require(browser(cookie, "GET"), Scope.ADMIN).browser()).isTrue();
  }

  @Test
  void signIn_tooLate() {
    String token = access.signInPath().substring("/sign-in?token=".length());
    access.close();

    access = open(NOW.plus(Duration.ofDays(2)));

    assertThat(access.signIn(token)).isNull();
  }

  @Test
  void cookie_survivesRestartAndEnds() {
    String cookie = signedIn();
    access.close();

    access = open(NOW.plus(Duration.ofDays(29)));
    assertThat(access.principal(browser(cookie, "GET"))).isNotNull();
    access.close();

    access = open(NOW.plus(Duration.ofDays(31)));
    assertThat(access.principal(browser(cookie, "GET"))).isNull();
  }

  @Test
  void cookie_forged() {
    String cookie = signedIn();

    String forged = cookie.replaceFirst("=1", "=9");

    assertThat(forged).isNotEqualTo(cookie);
    assertThat(access.principal(browser(forged, "GET"))).isNull();
  }

  @Test
  void require_cookieFromForeignPage() {
    String cookie = signedIn();
    String pair = cookie.substring(0, cookie.indexOf(';'));

    assertThatThrownBy(() ->
            access.require(
                request(
                    "POST",
                    Map.of(
                        "cookie",
                        pair,
                        "host",
                        "localhost:8600",
                        "origin",
                        "https://evil.example")),
                Scope.READ))
        .hasMessageContaining("origin: https://evil.example");
    assertThatCode(() ->
            access.require(
                request(
                    "POST",
                    Map.of(
                        "cookie",
                        pair,
                        "host",
                        "localhost:8600",
                        "origin",
                        "http://localhost:8600")),
                Scope.READ))
        .doesNotThrowAnyException();
  }

  @Test
  void formToken_ofThisBrowserOnly() {
    Request one = browser(signedIn(), "POST");
    Request other = browser(signedIn(), "POST");

    assertThatCode(() -> access.requireFormToken(one, access.formToken(one)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> access.requireFormToken(one, access.formToken(other)))
        .isInstanceOf(HttpProblem.class);
    assertThatThrownBy(() -> access.requireFormToken(one, null)).isInstanceOf(HttpProblem.class);
  }

  @Test
  void page_sendsStrangersToSignIn() {
    Response response =
        access.page(_ -> Response.html(200, "secret")).handle(request("GET", Map.of()));

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers()).containsEntry("location", "/sign-in?next=%2Fp%2F1");
  }

  private String signedIn() {
    String token = access.signInPath().substring("/sign-in?token=".length());
    return Objects.requireNonNull(access.signIn(token));
  }

  private Access open(Instant now) {
    return Access.open(folder.resolve("settings.db"), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Request bearer(String token) {
    return request("GET", Map.of("authorization", "Bearer " + token));
  }

  private static Request browser(String cookie, String method) {
    String pair = cookie.substring(0, cookie.indexOf(';'));
    return request(method, Map.of("cookie", "other=1; " + pair));
  }

  private static Request request(String method, Map<String, String> headers) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new Request(method, "/p/1", Map.of(), Map.of(), lists, new byte[0]);
  }
}
