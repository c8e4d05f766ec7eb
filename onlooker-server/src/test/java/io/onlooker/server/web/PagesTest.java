package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Response;
import io.onlooker.store.Batch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {

  private static final String SESSIONS = "/p/shop/sessions";
  private static final String FAILED = SESSIONS + "/" + Samples.sessionId(Samples.FAILED);
  private static final String RECOVERED = SESSIONS + "/" + Samples.sessionId(Samples.RECOVERED);
  private static final String RESEARCH = SESSIONS + "/" + Samples.sessionId(Samples.RESEARCH);
  private static final String LARGE = SESSIONS + "/" + Samples.sessionId(Samples.LARGE);

  private final Site site = Site.withSamples();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/p/shop"})
  void start_leadsToTheOverview(String path) {
    Response response = site.ask(path);

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers()).containsEntry("location", "/p/shop/overview");
  }

  @Test
  void page_headers() {
    Map<String, String> headers = site.ask(SESSIONS).headers();

    assertThat(headers)
        .containsEntry(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script'")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "no-cache, private");
  }

  @Test
  void sessions_failedOne() {
    Element row = site.page(SESSIONS).expectFirst("#r-" + Samples.sessionId(Samples.FAILED));

    assertThat(row.select("td").eachText())
        .containsExactly(
            "08:53:20",
            "✕failed",
            "Customer Support",
            "Where is my order ORD-6? I have waited for a week. My email is [EMAIL]",
            "ToolTimeout: check_order timed out after 26.8 s",
            "user-6",
            "4 ✕1",
            "6.2k → 715",
            "—",
            "30.5 s");
    assertThat(row.expectFirst("a.row").attr("href")).isEqualTo(FAILED + "?range=24h");
  }

  @Test
  void sessions_recoveredOneIsNotClean() {
    Element row = site.page(SESSIONS).expectFirst("#r-" + Samples.sessionId(Samples.RECOVERED));

    assertThat(row.expectFirst(".outcome").text()).isEqualTo("△recovered");
    assertThat(row.expectFirst(".n .bad").text()).isEqualTo("✕1");
  }

  @Test
  void sessions_pageByPage() {
    Document first = site.page(SESSIONS);
    Document second = site.page(first.expectFirst("a[rel=next]").attr("href"));

    assertThat(first.select("tbody tr")).hasSize(50);
    assertThat(second.select("tbody tr")).hasSize(17);
    assertThat(first.expectFirst(".count").text()).isEqualTo("67");
    assertThat(second.select("a[rel=next]")).isEmpty();
  }

  @Test
  void sessions_filtered() {
    Document page = site.page(SESSIONS + "?q=status:failed");

    assertThat(page.select(".outcome").eachText()).containsOnly("✕failed");
    assertThat(page.expectFirst("#q").attr("value")).isEqualTo("status:failed");
    assertThat(page.select(".range a:not(.zone)").eachAttr("href"))
        .allMatch(link -> link.contains("q=status%3Afailed"));
  }

  @Test
  void sessions_sorted() {
    Document page = site.page(SESSIONS + "?sort=-duration");

    assertThat(page.expectFirst("th[aria-sort=descending]").text()).isEqualTo("Time");
    assertThat(page.expectFirst("tbody tr td:last-child").text()).isEqualTo("58.5 s");
    assertThat(page.expectFirst("th[aria-sort=descending] a").attr("href"))
        .contains("sort=duration");
  }

  @Test
  void sessions_badQuery() {
    Response response = site.ask(SESSIONS + "?q=stauts%3Afailed+refund");
    Document page = Site.page(response);

    assertThat(response.status()).isEqualTo(200);
    assertThat(page.expectFirst("#q").attr("value")).isEqualTo("stauts:failed refund");
    assertThat(page.expectFirst("#q-problem").text()).contains("did you mean status?");
    assertThat(page.expectFirst("#q-problem a").attr("href"))
        .isEqualTo(SESSIONS + "?q=status%3Afailed%20refund&range=24h");
  }

  @Test
  void sessions_nothingMatches() {
    Document page = site.page(SESSIONS + "?q=status:failed%20user.id:zoe&range=6h");

    assertThat(page.text()).contains("status:failed user.id:zoe", "Nothing older matches either");
    assertThat(page.select(".empty li a").eachAttr("href"))
        .containsExactly(
            SESSIONS + "?q=user.id%3Azoe&range=6h", SESSIONS + "?q=status%3Afailed&range=6h");
  }

  @Test
  void sessions_matchIsOlder() {
    Document page =
        site.page(
            SESSIONS + "?q=user.id:user-42&from=2026-11-20T08:50:00Z&to=2026-11-20T08:54:00Z");

    assertThat(page.expectFirst(".empty").text()).contains("The newest match is from 08:45:30.");
  }

  @Test
  void sessions_noDataYet() {
    Document page = new Site().page(SESSIONS);

    assertThat(page.text())
        .contains("Waiting for the first event", "http://0123456789abcdef@localhost:8600/1");
  }

  @Test
  void session_failed() {
    Document page = site.page(FAILED);

    assertThat(page.expectFirst(".why").text())
        .contains("ToolTimeout: check_order timed out after 26.8 s", "execute_tool check_order");
    assertThat(page.expectFirst(".said").text())
        .contains("My email is [EMAIL]", "none: the session failed");
    assertThat(page.select(".said .chip").text()).isEqualTo("[EMAIL]");
    assertThat(page.select(".line .sum").eachText())
        .containsExactly(
            "wants lookup_user(email: \"[EMAIL]\")",
            "{\"id\":\"user-6\",\"name\":\"Mira\",\"plan\":\"plus\",\"since\":\"2024-03-02\"}",
            "wants check_order(id: \"ORD-6\")",
            "✕ ToolTimeout: check_order timed out after 26.8 s");
  }

  @Test
  void session_causeOpensItsStep() {
    String link = site.page(FAILED).expectFirst(".why a").attr("href");
    Element open = site.page(link.substring(0, link.indexOf('#'))).expectFirst("details[open]");

    assertThat(open.select(".stack").text())
        .contains("at com.acme.shop.Orders.await(Orders.java:118)");
    assertThat(open.select(".notes li").eachText())
        .containsExactly(
            "08:53:50warnwarehouse: no answer, retry 1 of 2",
            "08:53:50errorwarehouse: no answer after 2 retries");
  }

  @Test
  void session_onlyNewMessages() {
    Element second = site.page(FAILED).select(".steps > li").get(2);

    assertThat(second.expectFirst(".msgs > summary").text()).isEqualTo("2 as before");
    assertThat(second.select("section > .msg .role").eachText())
        .containsExactly("assistant", "tool", "assistant");
  }

  @Test
  void session_markdownAnswer() {
    Element said = site.page(RECOVERED).expectFirst(".said");

    assertThat(said.expectFirst("strong").text()).isEqualTo("ORD-5");
    assertThat(said.select("td").eachText()).containsExactly("DHL", "21 November");
    assertThat(said.expectFirst("a").attr("rel")).contains("nofollow", "noopener", "noreferrer");
  }

  @Test
  void session_onlyFailedSteps() {
    Document page = site.page(FAILED + "?only=failed");

    assertThat(page.select(".line")).hasSize(1);
    assertThat(page.select(".only a").eachText())
        .containsExactly("All 4", "LLM 2", "Tools 2", "Failed 1");
  }

  @Test
  void session_waterfall() {
    Document page = site.page(RESEARCH + "?view=waterfall");
    Element failed = page.expectFirst("[role=row].failed");

    assertThat(page.expectFirst("[role=treegrid]").attr("aria-rowcount")).isEqualTo("32");
    assertThat(failed.attr("aria-level")).isEqualTo("4");
    assertThat(failed.expectFirst("rect").attr("class")).isEqualTo("fail");
    assertThat(failed.expectFirst(".what").text()).isEqualTo("execute_tool search_kb✕");
    assertThat(page.select("[role=row][aria-expanded=true]")).hasSize(13);
    assertThat(page.select(".strip .err")).hasSize(1);
  }

  @Test
  void session_waterfallStepInPanel() {
    String link = site.page(RESEARCH + "?view=waterfall").expectFirst(".failed .what").attr("href");
    Document page = site.page(link.substring(0, link.indexOf('#')));

    assertThat(page.select("[aria-selected=true] .what").text())
        .startsWith("execute_tool search_kb");
    assertThat(page.expectFirst(".panel").text())
        .contains("index is being rebuilt", "\"query\": \"part 2\"");
  }

  @Test
  void session_zoomed() {
    Document page = site.page(RESEARCH + "?view=waterfall&t0=0&t1=1900");

    assertThat(page.text()).contains("Zoomed to 1.90 s");
    assertThat(page.expectFirst(".bars rect").attr("width")).isEqualTo("100.0%");
    assertThat(page.select(".bars text").eachText()).contains("▸");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t0=5&t1=1",
        "t0=x&t1=y",
        "t0=-99&t1=999999999999999999",
        "at=99999999",
        "at=-1",
        "view=none",
        "step=none",
        "only=none"
      })
  void session_strangeParameters(String query) {
    assertThat(site.ask(RESEARCH + "?view=waterfall&" + query).status()).isEqualTo(200);
    assertThat(site.ask(RESEARCH + "?" + query).status()).isEqualTo(200);
  }

  @Test
  void session_raw() {
    Document page = site.page(FAILED + "?view=raw");

    assertThat(page.select(".raws > li")).hasSize(5);
    assertThat(page.expectFirst(".raws .text").text())
        .contains("\"gen_ai.agent.name\": \"Customer Support\"");
  }

  @Test
  void session_largeInSlices() {
    Document first = site.page(LARGE);
    Document waterfall = site.page(LARGE + "?view=waterfall&at=600");

    assertThat(first.select(".line")).hasSize(200);
    assertThat(first.expectFirst(".more").text()).isEqualTo("1–200 of 700 steps · Later");
    assertThat(waterfall.select("[role=row]:not(.head)")).hasSize(101);
    assertThat(waterfall.expectFirst(".more").text()).isEqualTo("601–701 of 701 steps · Earlier");
  }

  @Test
  void session_linkToAStepFarDown() {
    Document page = site.page(LARGE + "?step=" + Samples.stepId(Samples.LARGE, 650));

    assertThat(page.expectFirst(".more").text()).startsWith("601–700 of 700 steps");
    assertThat(page.select("details[open] .no").eachText()).containsExactly("649");
  }

  @Test
  void session_largeStaysSmall() {
    Document page = site.page(LARGE + "?step=" + Samples.stepId(Samples.LARGE, 650));
    Document first = site.page(LARGE);

    assertThat(first.getAllElements()).hasSizeLessThanOrEqualTo(1_500);
    assertThat(page.getAllElements()).hasSizeLessThanOrEqualTo(1_500);
    assertThat(first.expectFirst(".slim").text()).contains("execute_tool search_kb", "40 ms");
    assertThat(first.expectFirst(".slim a").attr("href"))
        .isEqualTo(
            LARGE
                + "?step="
                + Samples.stepId(Samples.LARGE, 2)
                + "#s-"
                + Samples.stepId(Samples.LARGE, 2));
  }

  @Test
  void session_partial() {
    Recording late = new Recording(77, Site.NOW.minusSeconds(30));
    String root = late.nextId();
    long start = late.nanos();
    Map<String, String> agent =
        Map.of("gen_ai.operation.type", "agent", "gen_ai.operation.name", "invoke_agent");
    late.tool(root, "search_kb", 40, "{}", "{}", null);
    late.data("00000000deadbeef", "SELECT documents", 12);
    late.span(root, null, "gen_ai.invoke_agent", "invoke_agent Late", start, null, agent);
    site.store.append(new Batch(1, late.items()));

    Document page = site.page(SESSIONS + "/" + root);
    Element partial = page.expectFirst(".partial a");
    Document shown = site.page(partial.attr("href"));

    assertThat(partial.text()).startsWith("1 of 3 steps is missing its parent");
    assertThat(shown.select(".line").eachText())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("SELECT documents");
    assertThat(shown.select(".only a").eachText())
        .containsExactly("All 1", "LLM 0", "Tools 1", "Failed 0");
    assertThat(site.page(FAILED).select(".partial")).isEmpty();
  }

  @Test
  void session_notThere() {
    Response response = site.ask(SESSIONS + "/0000000000000000");

    assertThat(response.status()).isEqualTo(404);
    assertThat(Site.page(response).text())
        .contains("session: 0000000000000000 (expected: the id of a session of this project)");
  }

  @Test
  void trace_whole() {
    Document page = site.page("/p/shop/traces/" + Samples.RESEARCH.traceId());

    assertThat(page.select("[role=row]:not(.head)")).hasSize(31);
    assertThat(page.select(".facts dt").eachText()).filteredOn("Session"::equals).hasSize(5);
  }

  @Test
  void trace_download() {
    Response response = site.ask("/p/shop/traces/" + Samples.FAILED.traceId() + "/raw");
    List<String> lines = new String(response.body(), StandardCharsets.UTF_8).lines().toList();

    assertThat(response.headers())
        .containsEntry(
            "content-disposition",
            "attachment; filename=\"trace-" + Samples.FAILED.traceId() + ".ndjson\"")
        .containsEntry("x-content-type-options", "nosniff");
    assertThat(lines).hasSize(8).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  @Test
  void text_exactBytes() {
    String url =
        new Links("shop")
            .text(Samples.FAILED.traceId(), Samples.stepId(Samples.FAILED, 5), "gen_ai.tool.name");

    assertThat(site.ask(url).body()).asString(StandardCharsets.UTF_8).isEqualTo("check_order");
    assertThat(site.ask(url + ".not").status()).isEqualTo(404);
  }

  @Test
  void conversation_turnsInOrder() {
    Document page = site.page("/p/shop/conversations/convo-abc-123");

    assertThat(page.select(".turn .role + div").eachText())
        .containsExactly(
            "Hi, my name is Alice. My email is [EMAIL].",
            "Hello Alice!",
            "What was my name again?",
            "Your name is Alice.");
    assertThat(page.expectFirst(".facts").text()).contains("Turns 2", "480 → 36", "user-42");
    assertThat(page.expectFirst(".facts").text())
        .contains("Context of each turn, now 0.2\u2009% of 128k");
  }

  @Test
  void conversation_notThere() {
    assertThat(site.ask("/p/shop/conversations/none").status()).isEqualTo(404);
  }

  @Test
  void go_anyId() {
    String step = Samples.stepId(Samples.FAILED, 5);

    assertThat(site.ask("/go/" + Samples.sessionId(Samples.FAILED)).headers())
        .containsEntry("location", FAILED);
    assertThat(site.ask("/go/" + Samples.FAILED.traceId()).headers())
        .containsEntry("location", "/p/shop/traces/" + Samples.FAILED.traceId());
    assertThat(site.ask("/go/" + step).headers())
        .containsEntry("location", FAILED + "?step=" + step + "#s-" + step);
    assertThat(site.ask("/go/0123456789abcdef").status()).isEqualTo(404);
  }

  @Test
  void search_textBecomesAFilter() {
    assertThat(site.ask("/p/shop/go?q=refund").headers().get("location"))
        .startsWith(SESSIONS + "?")
        .contains("q=refund", "range=30d");
  }

  @Test
  void stranger_isAskedToSignIn() {
    Response response = site.ask(FAILED + "?view=raw", Map.of("x-stranger", "yes"));
    Document page = Site.page(response);

    assertThat(response.status()).isEqualTo(401);
    assertThat(page.expectFirst("h1").text()).isEqualTo("Sign in");
    assertThat(page.expectFirst("input[name=next]").attr("value")).isEqualTo(FAILED + "?view=raw");
    assertThat(page.text()).doesNotContain("Customer Support");
  }

  @Test
  void project_notThere() {
    assertThat(site.ask("/p/none/sessions").status()).isEqualTo(404);
  }

  @Test
  void asset_keptForEver() {
    String url = site.page(SESSIONS).expectFirst("link[rel=stylesheet]").attr("href");
    Response response = site.ask(url);
    Response again = site.ask(url, Map.of("if-none-match", response.headers().get("etag")));

    assertThat(response.headers())
        .containsEntry("content-type", "text/css; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=31536000, immutable")
        .containsEntry("x-content-type-options", "nosniff");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void asset_ofAnOlderServer() {
    assertThat(site.ask("/static/0123456789abcdef/app.css").headers())
        .containsEntry("cache-control", "no-cache");
    assertThatThrownBy(() -> site.ask("/static/0123456789abcdef/Main.class"))
        .isInstanceOf(HttpProblem.class)
        .hasMessage("static file: Main.class");
  }

  @Test
  void theme_remembered() {
    Response change = site.ask("/theme/dark?back=/p/shop/sessions%3Fq%3Dx");
    Document page =
        Site.page(site.ask(SESSIONS, Map.of("cookie", "a=b; theme=dark; zone=Asia/Seoul")));

    assertThat(change.headers())
        .containsEntry("location", "/p/shop/sessions?q=x")
        .hasEntrySatisfying("set-cookie", cookie -> assertThat(cookie).startsWith("theme=dark; "));
    assertThat(page.expectFirst("html").attr("data-theme")).isEqualTo("dark");
    assertThat(page.expectFirst(".range .zone").text()).isEqualTo("Asia/Seoul");
    assertThat(page.expectFirst(".sessions tbody td").text()).isEqualTo("17:54:18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "/%5Cevil.example", "https://evil.example", "", "/a%0Ab"})
  void theme_neverLeadsElsewhere(String back) {
    assertThat(site.ask("/theme/dark?back=" + back).headers()).containsEntry("location", "/");
  }
}
