package io.onlooker.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.redact.RedactionRules;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rules that an editor sets are what SDKs are given; real HTTP, real settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PiiTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final String RULES =
      """
      {"version":"7","kinds":{"EMAIL":"mask","IP":"off"},
       "patterns":[{"name":"EMPLOYEE","pattern":"EMP-\\\\d{6}","mode":"label"}],
       "hide":["input.customer.address"],"secretKeys":["badgeNo"]}\
      """;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    server = open();
    assertThat(version()).isEqualTo("\"0\"");
  }

  private OnlookerServer open() throws IOException {
    return OnlookerServer.open(
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, TOKEN));
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  @BeforeEach
  void usualRules() throws Exception {
    put("{}", null);
  }

  private String version() throws Exception {
    return get("/api/v1/pii", TOKEN).headers().firstValue("etag").orElseThrow();
  }

  @Test
  void config_withTheUsualRules() throws Exception {
    HttpResponse<String> config = get("/api/sdk/config", KEY);

    JsonNode json = JSON.readTree(config.body());
    assertThat(config.statusCode()).isEqualTo(200);
    assertThat('"' + json.path("version").asString() + '"').isEqualTo(version());
    assertThat(json.path("batch").booleanValue()).isTrue();
    assertThat(json.path("pii").path("enabled").booleanValue()).isTrue();
    assertThat(rules(json.path("pii")).kinds()).isEqualTo(RedactionRules.BUILT_IN.kinds());
  }

  @Test
  void config_isToldOnceUntilItChanges() throws Exception {
    String etag = get("/api/sdk/config", KEY).headers().firstValue("etag").orElseThrow();

    HttpResponse<String> same = send(request("/api/sdk/config", KEY).header("if-none-match", etag));
    put(RULES, null);
    HttpResponse<String> changed =
        send(request("/api/sdk/config", KEY).header("if-none-match", etag));

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("etag")).contains(etag);
    assertThat(changed.statusCode()).isEqualTo(200);
    RedactionRules rules = rules(JSON.readTree(changed.body()).path("pii"));
    assertThat('"' + String.valueOf(rules.version()) + '"').isEqualTo(version());
    assertThat(rules.patterns()).extracting(RedactionRules.Pattern::name).contains("EMPLOYEE");
    assertThat(rules.hiddenPaths()).containsExactly("input.customer.address");
    assertThat(rules.secretKeys()).containsExactly("badgeNo");
  }

  @Test
  void config_needsAKey() throws Exception {
    assertThat(get("/api/sdk/config", "nobodys-key-012345").statusCode()).isEqualTo(401);
  }

  @Test
  void rules_outliveARestart() throws Exception {
    put(RULES.replace("{\"version\":\"7\",", "{\"enabled\":false,"), null);
    String before = version();
    server.close();
    server = open();

    HttpResponse<String> pii = get("/api/v1/pii", TOKEN);
    assertThat(pii.headers().firstValue("etag")).contains(before);
    assertThat(pii.body()).contains("EMPLOYEE", "\"enabled\":false", "\"leaks\":{\"scanned\":");
  }

  @Test
  void put_ofWhatWasReadBefore() throws Exception {
    put(RULES, null);
    HttpResponse<String> read = get("/api/v1/pii", TOKEN);
    String etag = read.headers().firstValue("etag").orElseThrow();

    HttpResponse<String> first = put(read.body(), etag);
    HttpResponse<String> second = put(read.body(), etag);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(first.headers().firstValue("etag")).contains(version());
    assertThat(second.statusCode()).isEqualTo(412);
    assertThat(second.body()).contains("if-match", "\"error\":");
    assertThat(second.headers().firstValue("etag")).contains(version());
  }

  @Test
  void put_onlyByAnAdmin() throws Exception {
    HttpRequest.Builder request = request("/api/v1/pii", KEY).PUT(BodyPublishers.ofString(RULES));

    assertThat(send(request).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"patterns":[{"name":"P","pattern":"a(b"}]}  | 400 | at 1:
          {"patterns":[{"name":"P","pattern":"(a)\\\\1"}]} | 400 | "position":3
          {"patterns":[{"name":"p","pattern":"a"}]}    | 400 | pattern name: "p"
          {"kinds":{"EMAIL":"shout"}}                  | 400 | kinds.EMAIL: SHOUT
          {"kinds":{"NAME":"mask"}}                    | 400 | kinds: NAME
          {"rules":[]}                                 | 400 | rules: rules
          {"enabled":"yes"}                            | 400 | enabled: "yes"
          []                                           | 400 | not a JSON object
          {                                            | 400 | not a JSON object
          """)
  void badRules_areRefused(String body, int status, String problem) throws Exception {
    String before = version();
    HttpResponse<String> answer = put(body, null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body().replace("\\\"", "\"")).contains(problem);
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void badRules_tooLarge() throws Exception {
    String longPattern =
        "{\"patterns\":[{\"name\":\"P\",\"pattern\":\"" + "a".repeat(501) + "\"}]}";

    assertThat(put(longPattern, null).statusCode()).isEqualTo(400);
    assertThat(put("{\"hide\":[\"" + "a".repeat(600_000) + "\"]}", null).statusCode())
        .isEqualTo(413);
  }

  @Test
  void test_withTheProjectsRules() throws Exception {
    String text = "My email is john@example.com and SSN is 123-45-6789, EMP-004711";
    JsonNode before = JSON.readTree(test(body(text)).body());
    put(RULES, null);
    JsonNode after = JSON.readTree(test(body(text)).body());

    assertThat(before.toString())
        .isEqualTo(
            "{\"text\":\"My email is [EMAIL] and SSN is [SSN], EMP-004711\",\"findings\":["
                + "{\"kind\":\"EMAIL\",\"start\":12,\"end\":28},"
                + "{\"kind\":\"SSN\",\"start\":40,\"end\":51}]}");
    assertThat(after.path("text").asString())
        .isEqualTo("My email is ****@*******.*** and SSN is [SSN], [EMPLOYEE]");
  }

  @Test
  void test_withRulesOfItsOwn() throws Exception {
    ObjectNode body = body("john@example.com");
    body.putObject("rules").putObject("kinds").put("EMAIL", "off");
    ObjectNode bad = body("x");
    bad.putObject("rules").putArray("patterns").addObject().put("name", "P").put("pattern", "a(");

    assertThat(test(body).body()).isEqualTo("{\"text\":\"john@example.com\",\"findings\":[]}");
    assertThat(test(bad).statusCode()).isEqualTo(400);
    assertThat(test(bad).body()).contains("\"position\":");
  }

  @Test
  void test_ofBadInput() throws Exception {
    byte[] latin = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xE9, '"', '}'};
    HttpResponse<String> notUtf8 =
        send(request("/api/v1/pii/test", TOKEN).POST(BodyPublishers.ofByteArray(latin)));

    assertThat(notUtf8.statusCode()).isEqualTo(400);
    assertThat(test(JSON.createObjectNode()).body()).contains("text: MISSING");
    assertThat(test(body("x".repeat(5_000_000))).statusCode()).isEqualTo(413);
  }

  @Test
  @Timeout(30)
  void sentinel_countsWhatShouldNotHaveArrived() throws Exception {
    String secret = "mira.leak@example.com";
    send(
        request("/api/sdk/sessions", KEY)
            .POST(
                BodyPublishers.ofString(
                    "{\"name\":\"n\",\"agentName\":\"a\",\"userId\":\"u\",\"userInput\":\"I am "
                        + secret
                        + ", SSN 123-45-6789\"}")));

    JsonNode leaks = leaks();
    while (leaks.path("SSN").isMissingNode()) {
      Thread.sleep(Duration.ofMillis(20));
      leaks = leaks();
    }

    assertThat(leaks.path("scanned").asInt()).isPositive();
    assertThat(leaks.path("EMAIL").asInt()).isEqualTo(1);
    assertThat(leaks.path("SSN").asInt()).isEqualTo(1);
    String metrics = get("/metrics", TOKEN).body();
    assertThat(metrics)
        .contains("onlooker_pii_leaks_total{project=\"1\",kind=\"EMAIL\"} 1")
        .doesNotContain(secret);
  }

  private JsonNode leaks() throws Exception {
    return JSON.readTree(get("/api/v1/pii", TOKEN).body()).path("leaks");
  }

  private static RedactionRules rules(JsonNode pii) {
    ObjectNode rules = ((ObjectNode) pii).deepCopy();
    rules.remove("enabled");
    return RedactionRules.parse(rules.toString());
  }

  private static ObjectNode body(String text) {
    return JSON.createObjectNode().put("text", text);
  }

  private HttpResponse<String> test(ObjectNode body) throws Exception {
    return send(request("/api/v1/pii/test", TOKEN).POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpResponse<String> put(String body, @Nullable String match) throws Exception {
    HttpRequest.Builder request = request("/api/v1/pii", TOKEN).PUT(BodyPublishers.ofString(body));
    if (match != null) {
      request.header("if-match", match);
    }
    return send(request);
  }

  private HttpResponse<String> get(String path, String key) throws Exception {
    return send(request(path, key));
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
