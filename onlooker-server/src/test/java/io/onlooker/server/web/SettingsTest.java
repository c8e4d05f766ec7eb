package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the forms of the settings do, in a browser without scripts. */
final class SettingsTest {

  private static final String KEYS = "/p/default/settings/keys";
  private static final String PRICES = "/p/default/settings/prices";
  private static final String REDACTION = "/p/default/settings/redaction";
  private static final String PEOPLE = "/p/default/settings/people";
  private static final String YOU = "/p/default/settings/you";

  @TempDir private static Path folder;

  private static Visits visits;
  private static Visits.Guest guest;

  @BeforeAll
  static void open() throws Exception {
    visits = new Visits(folder);
    guest = visits.linked();
  }

  @AfterAll
  static void close() {
    visits.close();
  }

  /** The key of the DSN that a page shows this once. */
  private static String key(Document page) {
    return page.expectFirst(".secret [data-copy]")
        .text()
        .replaceFirst("http://", "")
        .replaceFirst("@.*", "");
  }

  private static String made(String label) throws IOException, InterruptedException {
    return key(
        guest.sends(KEYS, Map.of("do", "create-key", "label", label, "host", "localhost:8600")));
  }

  private static String id(String label) throws IOException, InterruptedException {
    return guest
        .page(KEYS)
        .expectFirst(".key[aria-label=Key " + label + "] input[name=key]")
        .attr("value");
  }

  private static String said(Document page) {
    return page.expectFirst("[role=status]").text();
  }

  private static String refused(Document page) {
    return page.expectFirst("[role=alert]").text();
  }

  @ParameterizedTest
  @CsvSource({
    "project, do=create-project&name=forged",
    "keys, do=create-key&label=forged",
    "keys, do=remove-key&key=1&confirm=default",
    "redaction, do=redaction&confirm=default",
    "prices, do=set-price&provider=a&model=forged&input=1",
    "prices, do=reprice&confirm=default",
    "people, do=invite",
    "people, do=add-person&name=forged&password=a-long-enough-one&scope=admin&sees=all",
    "people, do=create-token&label=forged&scope=admin",
    "you, do=keys"
  })
  void form_withoutItsToken(String section, String body) throws Exception {
    String path = "/p/default/settings/" + section;
    String others = visits.linked().token(path);

    assertThat(guest.bare(path, body).statusCode()).isEqualTo(403);
    assertThat(guest.bare(path, body + "&token=" + others).statusCode()).isEqualTo(403);
    assertThat(visits.stranger().bare(path, body).statusCode()).isEqualTo(401);
    assertThat(guest.page(path).text()).doesNotContain("forged");
  }

  @Test
  void form_signOutWithoutItsToken() throws Exception {
    assertThat(guest.bare("/sign-out", "token=0").statusCode()).isEqualTo(403);
  }

  @Test
  void key_rotatedBothLive() throws Exception {
    String old = made("rotating");
    Document page =
        guest.sends(
            KEYS,
            Map.of("do", "rotate-key", "key", id("rotating"), "host", "onlooker.example:443"));

    assertThat(said(page)).contains("Both are live");
    assertThat(page.expectFirst(".secret").text()).contains("@onlooker.example:443/1");
    assertThat(visits.call(old, "any", "n", 1)).isEqualTo(200);
    assertThat(visits.call(key(page), "any", "n", 1)).isEqualTo(200);
    assertThat(page.select(".key[aria-label=Key rotating]")).hasSize(2);
  }

  @Test
  void key_limitedDisabledAndEnabled() throws Exception {
    String text = made("limited");
    String id = id("limited");
    Document limited =
        guest.sends(KEYS, Map.of("do", "limit-key", "key", id, "limits", "span=off"));
    int refused = visits.call(text, "any", "n", 1);

    assertThat(said(limited)).isEqualTo("The key limited is limited to span=off.");
    assertThat(refused).isEqualTo(429);
    await()
        .untilAsserted(() ->
            assertThat(guest.page(KEYS).expectFirst(".key[aria-label=Key limited]").text())
                .contains("Dropped 1", "span rate_limited 1", "Limits span=off"));

    guest.sends(KEYS, Map.of("do", "limit-key", "key", id, "limits", ""));
    guest.sends(KEYS, Map.of("do", "disable-key", "key", id));
    assertThat(visits.call(text, "any", "n", 1)).isIn(401, 403);
    guest.sends(KEYS, Map.of("do", "enable-key", "key", id));
    assertThat(visits.call(text, "any", "n", 1)).isEqualTo(200);
    assertThat(guest.page(KEYS).expectFirst(".key[aria-label=Key limited]").text())
        .contains("Accepted 1", "span accepted 1");
  }

  @Test
  void key_limitThatIsNone() throws Exception {
    made("unlimited");
    Document page =
        guest.sends(KEYS, Map.of("do", "limit-key", "key", id("unlimited"), "limits", "spam=1/s"));

    assertThat(refused(page)).startsWith("limit: spam=1/s (expected:");
  }

  @Test
  void key_revokedOnlyWithTheNameOfTheProject() throws Exception {
    String text = made("doomed");
    String id = id("doomed");
    Document asked = guest.sends(KEYS, Map.of("do", "remove-key", "key", id, "confirm", "Default"));

    assertThat(refused(asked)).contains("(expected: default, the name of the project)");
    assertThat(visits.call(text, "any", "n", 1)).isEqualTo(200);
    guest.sends(KEYS, Map.of("do", "remove-key", "key", id, "confirm", "default"));
    assertThat(visits.call(text, "any", "n", 1)).isIn(401, 403);
    assertThat(guest.page(KEYS).text()).doesNotContain("doomed");
  }

  @Test
  void price_setRecalculatedEndedRemoved() throws Exception {
    visits.call(Visits.KEY, "house-model", "n", 1);
    Document before = guest.page(PRICES);
    String link = before.select("tr:contains(house-model) a:contains(Set a price)").attr("href");
    Document form = guest.page(link.replaceFirst("#.*", ""));

    assertThat(before.text()).contains("house-model");
    assertThat(form.expectFirst("#price-model").attr("value")).isEqualTo("house-model");
    assertThat(form.expectFirst("#price-provider").attr("value")).isEqualTo("house");

    Map<String, String> price =
        Map.of(
            "do",
            "set-price",
            "provider",
            "house",
            "model",
            "house-model",
            "input",
            "2",
            "output",
            "$8.50");
    assertThat(said(guest.sends(PRICES, price))).startsWith("house-model has this price");
    assertThat(guest.page(PRICES).expectFirst("#own table").text()).contains("$2", "$8.50");

    guest.sends(PRICES, Map.of("do", "reprice", "confirm", "default"));
    await()
        .untilAsserted(() ->
            assertThat(guest.page(PRICES).expectFirst(".job").text())
                .startsWith("Done")
                .contains("model calls looked at, 1 cost something else now"));
    assertThat(guest.page("/p/default/models").text()).contains("$10.50");

    Map<String, String> end =
        Map.of("do", "end-price", "price", "house-house-model", "to", "2026-01-01");
    assertThat(said(guest.sends(PRICES, end))).contains("holds until 2026-01-01");
    guest.sends(PRICES, Map.of("do", "remove-price", "price", "house-house-model"));
    assertThat(guest.page(PRICES).select("#own table")).isEmpty();
  }

  @Test
  void price_refusedKeepsWhatWasTyped() throws Exception {
    Map<String, String> price =
        Map.of("do", "set-price", "provider", "house", "model", "mine", "input", "cheap");
    HttpResponse<String> answer = guest.answers(PRICES, price);
    Document page = org.jsoup.Jsoup.parse(answer.body());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(refused(page)).startsWith("In: cheap (expected: US dollars");
    assertThat(page.expectFirst("#price-input").attr("value")).isEqualTo("cheap");
    assertThat(page.expectFirst("#price-model").attr("value")).isEqualTo("mine");
  }

  @Test
  void recalculate_onlyWithTheNameOfTheProject() throws Exception {
    assertThat(refused(guest.sends(PRICES, Map.of("do", "reprice")))).startsWith("confirm:");
  }

  @Test
  void redaction_hitsAreCounted() throws Exception {
    visits.call(Visits.KEY, "any", "onlooker.redacted.PHONE", 2);
    visits.call(Visits.KEY, "any", "onlooker.redacted.PHONE", 3);
    Document page = guest.page(REDACTION);

    assertThat(page.expectFirst("tr:has(#kind-PHONE) td.n").text()).isEqualTo("5");
    assertThat(page.text()).contains("Applies to events received from now on.");
  }

  @Test
  void redaction_switchedOffOnlyWithTheNameOfTheProject() throws Exception {
    assertThat(refused(guest.sends(REDACTION, Map.of("do", "redaction")))).startsWith("confirm:");
    Map<String, String> off = Map.of("do", "redaction", "confirm", "default");

    assertThat(said(guest.sends(REDACTION, off))).contains("from now on");
    assertThat(guest.page(REDACTION).select("input[name=enabled][checked]")).isEmpty();
    guest.sends(REDACTION, Map.of("do", "redaction", "enabled", "on"));
    assertThat(guest.page(REDACTION).select("input[name=enabled][checked]")).hasSize(1);
  }

  private static HttpResponse<String> signIn(String name, String password) throws Exception {
    return visits
        .stranger()
        .bare(
            "/sign-in",
            Visits.encoded(
                Map.of("name", name, "password", password, "next", "/p/default/logs?q=a%20b")));
  }

  private static Document add(String name, String scope) throws Exception {
    return guest.sends(
        PEOPLE,
        Map.of(
            "do",
            "add-person",
            "name",
            name,
            "password",
            "correct horse battery",
            "scope",
            scope,
            "sees",
            "one"));
  }

  @Test
  void person_readsAndChangesNothing() throws Exception {
    add("Mira@example.com", "read");
    HttpResponse<String> answer = signIn("mira@example.com", "correct horse battery");
    Visits.Guest mira = visits.guest(answer);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("/p/default/logs?q=a%20b");
    assertThat(mira.get("/p/default/sessions").statusCode()).isEqualTo(200);
    assertThat(mira.token(PEOPLE)).isEmpty();
    assertThat(mira.page(KEYS).text()).contains("You can read these settings.");
    assertThat(mira.bare(PEOPLE, "do=invite&token=" + mira.token(YOU)).statusCode()).isEqualTo(403);
  }

  @Test
  void person_ofOneProjectAddsNobodyToAll() throws Exception {
    add("lead", "admin");
    Visits.Guest lead = visits.guest(signIn("lead", "correct horse battery"));
    Map<String, String> everywhere =
        Map.of(
            "do",
            "add-person",
            "name",
            "spy",
            "password",
            "correct horse battery",
            "scope",
            "admin",
            "sees",
            "all");

    assertThat(refused(lead.sends(PEOPLE, everywhere))).startsWith("sees: all projects");
    assertThat(refused(lead.sends(PEOPLE, Map.of("do", "invite")))).startsWith("link:");
    // No form for it is shown; a forged one leads as far.
    String forged = "do=create-project&name=x&token=" + lead.token(YOU);
    assertThat(refused(Jsoup.parse(lead.bare("/p/default/settings/project", forged).body())))
        .startsWith("project:");
    assertThat(lead.page(PEOPLE).text()).doesNotContain("spy");
  }

  @Test
  void person_newPasswordEndsSessions() throws Exception {
    add("otto", "admin");
    Visits.Guest otto = visits.guest(signIn("otto", "correct horse battery"));
    String id =
        guest.page(PEOPLE).expectFirst("tr:contains(otto) input[name=person]").attr("value");

    Map<String, String> weak = Map.of("do", "change-password", "person", id, "password", "short");
    assertThat(refused(guest.sends(PEOPLE, weak))).startsWith("password: 5 characters");
    assertThat(otto.get("/p/default/sessions").statusCode()).isEqualTo(200);
    guest.sends(
        PEOPLE, Map.of("do", "change-password", "person", id, "password", "another long one"));
    assertThat(otto.get("/p/default/sessions").statusCode()).isEqualTo(401);
    assertThat(signIn("otto", "correct horse battery").statusCode()).isEqualTo(403);
    assertThat(signIn("otto", "another long one").statusCode()).isEqualTo(303);
    guest.sends(PEOPLE, Map.of("do", "remove-person", "person", id, "confirm", "default"));
    assertThat(signIn("otto", "another long one").statusCode()).isEqualTo(403);
  }

  @Test
  void person_guessedTooOften() throws Exception {
    int last = 0;
    for (int i = 0; i < 11; i++) {
      last = signIn("nobody", "a guess number " + i).statusCode();
    }
    assertThat(last).isEqualTo(429);
  }

  @Test
  void person_takenName() throws Exception {
    add("twice", "read");

    assertThat(refused(add("Twice", "read"))).isEqualTo("name: twice (expected: one that is free)");
  }

  @Test
  void you_zoneKeysAndColumns() throws Exception {
    HttpResponse<String> zone = guest.answers(YOU, Map.of("do", "zone", "zone", "Asia/Seoul"));
    HttpResponse<String> keys = guest.answers(YOU, Map.of("do", "keys"));
    HttpResponse<String> columns =
        guest.get("/p/default/sessions?range=1h&cols=started&cols=model&always=1");

    assertThat(zone.headers().firstValue("set-cookie").orElse("")).startsWith("clock=Asia/Seoul;");
    assertThat(keys.headers().firstValue("set-cookie").orElse("")).startsWith("keys=off;");
    assertThat(columns.headers().firstValue("set-cookie").orElse(""))
        .startsWith("columns=sessions:started.model;");
    assertThat(columns.headers().firstValue("location")).hasValue("/p/default/sessions?range=1h");

    Visits.Guest changed =
        guest.with("clock=Asia/Seoul; keys=off; columns=sessions:started.model; zone=UTC");
    visits.call(Visits.KEY, "any", "n", 1);
    Document page = changed.page("/p/default/sessions");
    assertThat(page.expectFirst("body").attr("data-keys")).isEqualTo("off");
    assertThat(page.expectFirst(".range .zone").text()).isEqualTo("Asia/Seoul");
    assertThat(page.select(".sessions th").eachText()).isEqualTo(List.of("Started", "Model"));
    assertThat(changed.page(YOU).text()).contains("You chose columns for: sessions.");
    assertThat(guest.answers(YOU, Map.of("do", "zone", "zone", "Mars/Base")).statusCode())
        .isEqualTo(400);
  }
}
