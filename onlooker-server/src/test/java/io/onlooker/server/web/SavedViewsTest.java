package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Questions that people gave a name: saved, asked again, renamed and deleted. */
final class SavedViewsTest {

  private static final String SPANS = "/p/default/spans";
  private static final String LOGS = "/p/default/logs";
  private static final String VIEWS = "/p/default/views";

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

  private static HttpResponse<String> does(Map<String, String> fields)
      throws IOException, InterruptedException {
    String token = guest.token(SPANS);
    return guest.bare(VIEWS, "token=" + token + "&" + Visits.encoded(fields));
  }

  private static HttpResponse<String> saves(String name, String address)
      throws IOException, InterruptedException {
    return does(Map.of("do", "save", "name", name, "back", address));
  }

  private static Element link(Document page, String name) {
    return page.select(".saved.own a, .keep .own a").stream()
        .filter(link -> link.text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not on the page: " + page.text()));
  }

  private static List<String> names(String path) throws IOException, InterruptedException {
    return guest.page(path).select(".keep .own li > a").eachText();
  }

  private static String id(String name) throws IOException, InterruptedException {
    Element item = link(guest.page(SPANS), name).closest("li");
    return item == null ? "" : item.expectFirst("input[name=id]").attr("value");
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("location").orElse("");
  }

  @Test
  void save_asksTheSameAgain() throws Exception {
    String question =
        SPANS
            + "?q=op%3Agen_ai.chat&range=7d&agg=p95%28span.duration%29&agg=count%28%29"
            + "&by=gen_ai.request.model&viz=line&env=production";

    HttpResponse<String> saved = saves("Slow chats", question + "&cursor=12&evil=1");

    assertThat(saved.statusCode()).isEqualTo(303);
    assertThat(location(saved)).isEqualTo(question);
    Document page = guest.page(SPANS);
    assertThat(link(page, "Slow chats").attr("href")).isEqualTo(question);
    assertThat(page.select("#views .saved:not(.own) a")).as("those of seed 002").isNotEmpty();
    Document opened = guest.page(question);
    assertThat(opened.expectFirst("#q").attr("value")).isEqualTo("op:gen_ai.chat");
    assertThat(opened.select(".figures input[name=agg]").eachAttr("value"))
        .startsWith("p95(span.duration)", "count()");
    assertThat(opened.expectFirst(".figures input[name=by]").attr("value"))
        .isEqualTo("gen_ai.request.model");
  }

  @Test
  void save_ofAnotherList() throws Exception {
    saves("Bad lines", LOGS + "?q=level%3Aerror&range=6h");

    assertThat(names(LOGS)).contains("Bad lines");
    assertThat(names("/p/default/traces")).doesNotContain("Bad lines");
    Element item = link(guest.page(SPANS), "Bad lines").closest("li");
    assertThat(item).isNotNull();
    assertThat(item.expectFirst(".dim").text()).isEqualTo("Logs");
  }

  @Test
  void save_theFormOfThePage() throws Exception {
    String asked = LOGS + "?q=logger%3Ashop&range=1h";
    Element form = guest.page(asked).expectFirst(".keep > div > form");

    assertThat(form.attr("action")).isEqualTo(VIEWS);
    saves("From the form", form.expectFirst("input[name=back]").attr("value"));
    assertThat(link(guest.page(LOGS), "From the form").attr("href")).isEqualTo(asked);
  }

  @Test
  void renamed_thenDeleted() throws Exception {
    saves("Before", SPANS + "?q=before");
    String id = id("Before");

    HttpResponse<String> renamed =
        does(Map.of("do", "rename", "id", id, "name", " After\tall ", "back", SPANS + "?range=1h"));

    assertThat(location(renamed)).isEqualTo(SPANS + "?range=1h");
    assertThat(names(SPANS)).contains("After all").doesNotContain("Before");
    assertThat(link(guest.page(SPANS), "After all").attr("href")).isEqualTo(SPANS + "?q=before");
    assertThat(does(Map.of("do", "delete", "id", id, "back", SPANS)).statusCode()).isEqualTo(303);
    assertThat(names(SPANS)).doesNotContain("After all");
    HttpResponse<String> again = does(Map.of("do", "delete", "id", id, "back", SPANS));
    assertThat(again.statusCode()).isEqualTo(404);
    saves("Next", SPANS);
    assertThat(id("Next")).as("no id is given twice").isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/p/default/spans",
        "//evil.example/p/default/spans",
        "/p/other/spans",
        "/p/default/settings/keys",
        "/p/default/sessions/a",
        "/p/default/overview",
        "spans",
        ""
      })
  void save_anAddressOfNoList(String address) throws Exception {
    HttpResponse<String> answer = saves("Elsewhere", address);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("expected: the address of a list");
    assertThat(names(SPANS)).doesNotContain("Elsewhere");
  }

  @Test
  void save_namesThatAreNone() throws Exception {
    saves("Taken", SPANS + "?q=one");

    assertThat(saves("Taken", SPANS + "?q=two").statusCode()).isEqualTo(400);
    assertThat(saves("Taken", LOGS).statusCode()).as("of another list").isEqualTo(303);
    assertThat(saves("  ", SPANS).statusCode()).isEqualTo(400);
    assertThat(saves("x".repeat(81), SPANS).statusCode()).isEqualTo(400);
    assertThat(saves("Long", SPANS + "?q=" + "x".repeat(4001)).statusCode()).isEqualTo(400);
    assertThat(does(Map.of("do", "rename", "id", "99999", "name", "New")).statusCode())
        .isEqualTo(404);
    assertThat(does(Map.of("do", "burn")).statusCode()).isEqualTo(400);
  }

  @Test
  void save_hostileNameIsText() throws Exception {
    String name = "\"><img src=x onerror=alert(1)><script>alert(2)</script>\u202Egnp.";
    // What would turn the letters around is shown as a mark.
    String shown = name.replace("\u202E", "⟨U+202E⟩");

    saves(name, SPANS + "?q=%22%3E%3Cscript%3Ealert(3)%3C%2Fscript%3E");

    Document page = guest.page(SPANS);
    assertThat(link(page, shown).attr("href")).startsWith(SPANS + "?q=%22%3E");
    assertThat(page.select("img, script:not([src])")).isEmpty();
    assertThat(page.select("input[name=name]").eachAttr("value")).contains(name);
    does(Map.of("do", "delete", "id", id(shown), "back", SPANS));
  }

  @Test
  void save_withoutTheRight() throws Exception {
    guest.sends(
        "/p/default/settings/people",
        Map.of(
            "do",
            "add-person",
            "name",
            "viewer",
            "password",
            "a-long-enough-one",
            "scope",
            "read",
            "sees",
            "project"));
    saves("Everybody's", SPANS + "?q=everybody");
    String login = Visits.encoded(Map.of("name", "viewer", "password", "a-long-enough-one"));
    Visits.Guest reader = visits.guest(visits.stranger().bare("/sign-in", login));
    String body = Visits.encoded(Map.of("do", "save", "name", "Forged", "back", SPANS));
    String others = visits.linked().token(SPANS);

    Document page = reader.page(SPANS);

    assertThat(link(page, "Everybody's").attr("href")).isEqualTo(SPANS + "?q=everybody");
    assertThat(page.select("form[method=post]")).isEmpty();
    assertThat(reader.bare(VIEWS, body).statusCode()).isEqualTo(403);
    assertThat(reader.bare(VIEWS, body + "&token=" + others).statusCode()).isEqualTo(403);
    assertThat(guest.bare(VIEWS, body).statusCode()).isEqualTo(403);
    assertThat(guest.bare(VIEWS, body + "&token=" + others).statusCode()).isEqualTo(403);
    assertThat(visits.stranger().bare(VIEWS, body).statusCode()).isEqualTo(401);
    assertThat(names(SPANS)).doesNotContain("Forged");
  }

  @Test
  void save_manyAtOnceLosesNone() throws Exception {
    String token = guest.token(LOGS);
    List<Thread> people =
        IntStream.range(0, 4)
            .mapToObj(i -> Thread.ofVirtual().start(() -> savesQuietly(token, "Crowd " + i)))
            .toList();
    for (Thread person : people) {
      person.join();
    }

    assertThat(names("/p/default/issues")).contains("Crowd 0", "Crowd 1", "Crowd 2", "Crowd 3");
  }

  private static void savesQuietly(String token, String name) {
    try {
      Map<String, String> fields =
          Map.of("token", token, "do", "save", "name", name, "back", "/p/default/issues");
      guest.bare(VIEWS, Visits.encoded(fields));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(name + ": not sent", e);
    }
  }

  @Test
  void save_inABrowser() {
    try (Browser browser = Browser.ofWidth(320)) {
      browser.go(visits.server.signInLink());
      browser.go(visits.server.address() + SPANS + "?q=op%3Adb&range=1h&mode=samples");
      browser.find(".keep > summary").click();

      assertThat(browser.tooWide()).isEqualTo(List.of());
      assertThat(browser.barriers()).isEmpty();
      browser.find("#view-name").sendKeys("In a hurry", Keys.ENTER);
      await().until(() -> browser.texts("#views .own a").contains("In a hurry"));
      assertThat(browser.url()).contains("q=op%3Adb", "range=1h", "mode=samples");
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.tooWide()).isEqualTo(List.of());
    }
  }
}
