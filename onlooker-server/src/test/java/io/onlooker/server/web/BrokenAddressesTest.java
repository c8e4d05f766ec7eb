package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that somebody cut, mistyped or made up: each leads to a page with a way on. */
final class BrokenAddressesTest {

  private static final List<String> LISTS =
      List.of(
          "overview",
          "sessions",
          "traces",
          "conversations",
          "users",
          "agents",
          "models",
          "tools",
          "mcp",
          "queues",
          "spans",
          "issues",
          "logs",
          "settings/prices");

  private static final List<String> BREAKS =
      List.of(
          "q=stauts:x",
          "q=%28%28%22",
          "q=duration%3A%3E1sec",
          "q=%FF%FE",
          "q=a%20OR",
          "was=%28&q=%28",
          "range=9y",
          "from=yesterday&to=tomorrow",
          "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
          "from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z",
          "from=2026-01-01T00:00:00Z",
          "cursor=made-up",
          "cursor=",
          "sort=-nothing",
          "cols=nothing&cols=%3Cb%3E",
          "agg=p95%28&by=%28%28%28",
          "agg=count%28%29&by=nothing&viz=pie&mode=other",
          "agg=p95%28name%29",
          "mode=samples&cursor=made-up",
          "env=%22%3E&cmp=next",
          "step=%2E%2E%2F&turn=minus&level=loud");

  @TempDir private static Path folder;

  private static Visits visits;
  private static Visits.Guest guest;

  @BeforeAll
  static void open() throws Exception {
    visits = new Visits(folder);
    guest = visits.linked();
    visits.call(Visits.KEY, "house-model", "n", 1);
  }

  @AfterAll
  static void close() {
    visits.close();
  }

  static Stream<String> broken() {
    return LISTS.stream()
        .flatMap(list -> BREAKS.stream().map(broken -> "/p/default/" + list + "?" + broken));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void list_leadsOn(String address) throws Exception {
    HttpResponse<String> answer = guest.get(address);
    HttpResponse<String> shown =
        answer.statusCode() == 303
            ? guest.get(answer.headers().firstValue("location").orElse(""))
            : answer;

    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    assertLeadsOn(Jsoup.parse(shown.body()));
  }

  @ParameterizedTest
  @CsvSource({
    "/p/default/sessions/nothing, 404",
    "/p/default/sessions/%3Cb%3E?step=%3Cb%3E&view=pie&t0=x&t1=-1, 404",
    "/p/default/traces/nothing, 404",
    "/p/default/traces/00000000000000000000000000000000, 404",
    "/p/default/traces/nothing/raw, 404",
    "/p/default/traces/nothing/steps/none/text?attribute=x, 404",
    "/p/default/conversations/nothing, 404",
    "/p/default/issues/nothing, 404",
    "/p/default/settings/nothing, 404",
    "/p/default/nothing, 404",
    "/p/default/sessions/a/b/c, 404",
    "/p/nothing/sessions, 404",
    "/p/%3Cb%3E/overview, 404",
    "/go/nothing, 404",
    "/nothing, 404",
    "/p/default/users/nobody, 200",
    "/p/default/agents/nobody, 200",
    "/p/default/models/nothing, 404",
    "/p/default/tools/nothing, 404"
  })
  void one_leadsOn(String address, int status) throws Exception {
    HttpResponse<String> answer = guest.get(address);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertLeadsOn(Jsoup.parse(answer.body()));
  }

  @ParameterizedTest
  @CsvSource({
    "/p/default/overview",
    "/p/default/sessions?q=status:failed&range=7d",
    "/p/default/sessions/nothing",
    "/p/default/settings/keys",
    "/go/nothing"
  })
  void session_expired(String address) throws Exception {
    HttpResponse<String> answer = visits.stranger().get(address);
    Document page = Jsoup.parse(answer.body());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(page.expectFirst("h1").text()).isEqualTo("Sign in");
    assertThat(page.expectFirst("input[name=next]").attr("value"))
        .isEqualTo(address.replace("status:failed", "status%3Afailed"));
  }

  /** A heading, and links beside that to the start page. */
  private static void assertLeadsOn(Document page) {
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("main a[href], nav a[href]")).hasSizeGreaterThan(1);
    assertThat(page.text()).doesNotContain("Exception", "\tat ");
  }
}
