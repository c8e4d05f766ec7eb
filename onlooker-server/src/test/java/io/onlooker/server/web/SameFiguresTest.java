package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.api.Api;
import io.onlooker.server.api.LiveFeed;
import io.onlooker.server.api.Rights;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.demo.SampleShop;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page and the API never tell two figures for one thing. */
class SameFiguresTest {

  private static final String TIMES =
      "?from=" + Site.NOW.minusSeconds(86_400) + "&to=" + Site.NOW.plusSeconds(1);

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Store store;

  @SuppressWarnings("NullAway.Init")
  private static Routes pages;

  @SuppressWarnings("NullAway.Init")
  private static Routes api;

  @BeforeAll
  static void fill() {
    InstantSource clock = InstantSource.fixed(Site.NOW);
    store = EmbeddedStore.open(StoreConfig.of(folder).withClock(clock));
    SampleShop.fill(store, 1, Site.NOW, 2);
    store.append(new Batch(1, odd()));
    pages = Site.over(store);
    Rights rights = new Rights(_ -> 1, _ -> 1, _ -> 1);
    api = new Routes();
    new Api(store, _ -> Prices.shipped(), rights, clock, new LiveFeed(store)).addTo(api);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  /** What two ways of counting would count differently. */
  private static List<Item> odd() {
    return List.of(
        span(
            1,
            "ai_client",
            Map.of("gen_ai.operation.name", "model_step", "gen_ai.request.model", "m")),
        span(
            2,
            "ai_client",
            Map.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.request.model",
                "claude-sonnet-4-5",
                "gen_ai.usage.input_tokens",
                5,
                "onlooker.usage.input_tokens",
                130_213)),
        span(3, "tool", Map.of("gen_ai.tool.name", "check_order", "tool.success", false)),
        span(
            4,
            "tool",
            Map.of(
                "gen_ai.tool.name",
                "odd",
                "gen_ai.agent.name",
                "Clerk",
                "environment",
                "staging",
                "release",
                "shop@5.0.0",
                "mcp.tool.result.is_error",
                true)),
        queue(5, "queue.publish"),
        queue(6, "queue.process"));
  }

  private static SpanData queue(int id, String op) {
    Map<String, Object> about =
        Map.of("messaging.destination.name", "mails", "messaging.message.receive.latency", 40);
    SpanData span = span(id, "", about);
    return new SpanData(
        span.traceId(),
        span.spanId(),
        null,
        op,
        op,
        span.startNanos(),
        span.endNanos(),
        SpanStatus.OK,
        true,
        span.attributes(),
        List.of());
  }

  private static SpanData span(int id, String type, Map<String, ?> more) {
    Attributes.Builder attributes = Attributes.builder().put("gen_ai.operation.type", type);
    more.forEach(attributes::put);
    long start = TimeUnit.SECONDS.toNanos(Site.NOW.getEpochSecond() - 600);
    return new SpanData(
        "%032x".formatted(0xABCL + id),
        "%016x".formatted(0xABCL + id),
        null,
        "odd",
        null,
        start,
        start + 1_000_000_000,
        SpanStatus.OK,
        true,
        attributes.build(),
        List.of());
  }

  @Test
  void models() {
    assertThat(page("models", 0, 2, 3, 4, 5))
        .hasSizeGreaterThan(2)
        .containsExactlyInAnyOrderElementsOf(
            api("models", "calls", "failed", "input_tokens", "output_tokens"));
  }

  @Test
  void models_price() {
    Document page = Site.page(RouteServer.ask(pages, "/p/shop/models" + TIMES, Map.of()));
    Element known = page.expectFirst("#r-gpt-4o td:last-child a");
    Element unknown = page.expectFirst("#r-acme-llm-2 td:last-child a");

    assertThat(known.text()).isEqualTo("$2.50 → $10");
    assertThat(known.attr("href")).isEqualTo("/p/shop/settings/prices?q=gpt-4o");
    assertThat(unknown.text()).isEqualTo("no price");
    assertThat(unknown.attr("href")).startsWith("/p/shop/settings/prices?model=acme-llm-2");
  }

  @Test
  void environments_keepTheRestOfTheAddress() {
    String path = "/p/shop/sessions" + TIMES + "&q=status%3Afailed";
    Document page = Site.page(RouteServer.ask(pages, path, Map.of()));
    Element production = page.expectFirst(".environments a:contains(production)");
    Document chosen = Site.page(RouteServer.ask(pages, production.attr("href"), Map.of()));

    assertThat(page.select(".environments li").eachText()).startsWith("all");
    assertThat(production.attr("href")).contains("q=status%3Afailed", "from=", "env=production");
    assertThat(chosen.expectFirst(".environments b").text()).isEqualTo("production");
    assertThat(chosen.select(".bar nav a").eachAttr("href"))
        .allMatch(link -> link.endsWith("?env=production"));
    assertThat(chosen.expectFirst(".environments a").attr("href")).doesNotContain("env=");
  }

  @Test
  void environments_narrowEveryFigureOfTheOverview() {
    String path = "/p/shop/overview" + TIMES + "&env=nowhere";
    Document page = Site.page(RouteServer.ask(pages, path, Map.of()));

    assertThat(page.expectFirst(".environments b").text()).isEqualTo("nowhere");
    assertThat(page.select(".reading .value").eachText().getFirst()).isEqualTo("0");
    assertThat(page.select(".reading .value").eachText().getLast()).startsWith("0");
    assertThat(page.select(".part").eachText().toString())
        .contains("No tool was called.", "No model was called.");
  }

  @Test
  void environments_goAlongWithLinks() {
    String path = "/p/shop/overview" + TIMES + "&env=production";
    Document page = Site.page(RouteServer.ask(pages, path, Map.of()));

    assertThat(page.select("a.reading").eachAttr("href"))
        .hasSizeGreaterThan(3)
        .allMatch(link -> link.contains("env=production"));
    assertThat(page.select(".part tbody a[href*=/tools/]").eachAttr("href"))
        .isNotEmpty()
        .allMatch(link -> link.contains("env=production"));
  }

  @Test
  void releases_tickWhereTheyComeUp() {
    Document overview = Site.page(RouteServer.ask(pages, "/p/shop/overview" + TIMES, Map.of()));
    Document tool = Site.page(RouteServer.ask(pages, "/p/shop/tools/odd" + TIMES, Map.of()));

    // The shop's own release was there before.
    assertThat(overview.select(".plot .release").eachText())
        .containsExactly("shop@5.0.0: first seen", "shop@5.0.0: first seen");
    assertThat(tool.select(".plot .release")).hasSize(2);
    assertThat(overview.select(".slot[aria-label*=shop@5.0.0]")).hasSize(2);
  }

  @Test
  void tools_useAndSizes() {
    Document page = Site.page(RouteServer.ask(pages, "/p/shop/tools" + TIMES, Map.of()));
    List<String> heads = page.select("th").eachText();
    List<Element> cells = page.select("#r-check_order td");

    assertThat(cells.get(heads.indexOf("Input")).text()).matches("[0-9.]+ k?B");
    assertThat(cells.get(heads.indexOf("Output")).text()).matches("[0-9.]+ k?B");
    assertThat(page.select("#r-odd td").get(heads.indexOf("Used by")).text()).isEqualTo("Clerk");
    assertThat(page.select("#r-odd td").get(heads.indexOf("Input")).text()).isEqualTo(Show.UNKNOWN);
  }

  @Test
  void tools() {
    assertThat(page("tools", 0, 1, 2))
        .hasSizeGreaterThan(2)
        .containsExactlyInAnyOrderElementsOf(api("tools", "calls", "failed"));
  }

  @Test
  void queues() {
    assertThat(page("queues", 0, 1, 2, 3))
        .containsExactlyInAnyOrderElementsOf(api("queues", "published", "processed", "failed"));
  }

  @Test
  void overview() {
    Document page = Site.page(RouteServer.ask(pages, "/p/shop/overview" + TIMES, Map.of()));
    List<String> shown = page.select(".reading .value").eachText();
    JsonNode overview = ask("/api/v1/overview" + TIMES);
    List<String> told =
        Stream.of(0, 1, 3, 5)
            .map(i -> Math.round(overview.get("readings").get(i).get("value").doubleValue()))
            .map(String::valueOf)
            .toList();

    assertThat(shown).hasSize(6);
    assertThat(digits(shown.get(0))).isEqualTo(told.get(0));
    assertThat(digits(shown.get(1))).isEqualTo(told.get(1));
    assertThat(shown.get(3)).startsWith(Show.tokens(Long.parseLong(told.get(2))));
    assertThat(digits(shown.get(5))).isEqualTo(told.get(3));
  }

  private static String digits(String value) {
    return value.split(" ", 2)[0].replaceAll("\\D", "");
  }

  /** The texts of these columns. */
  private static List<List<String>> page(String place, int... columns) {
    Document page = Site.page(RouteServer.ask(pages, "/p/shop/" + place + TIMES, Map.of()));
    List<List<String>> rows = new ArrayList<>();
    for (Element row : page.select("tbody tr")) {
      List<String> texts = new ArrayList<>();
      for (int column : columns) {
        String text = row.select("td").get(column).text();
        texts.add(column == 0 ? text : text.replace("✕", "").strip());
      }
      rows.add(texts);
    }
    return rows;
  }

  /** The same as the page writes it. */
  private static List<List<String>> api(String place, String... figures) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : ask("/api/v1/" + place + TIMES).get(place)) {
      List<String> texts = new ArrayList<>();
      texts.add(row.get("name").asString("(none)"));
      for (String figure : figures) {
        texts.add(shown(figure, row.get(figure)));
      }
      rows.add(texts);
    }
    return rows;
  }

  private static String shown(String figure, JsonNode value) {
    if (figure.endsWith("_tokens")) {
      return value.isNull() ? Unit.TOKENS.show(null) : Unit.TOKENS.show(value.doubleValue());
    }
    long count = value.isNull() ? 0 : Math.round(value.doubleValue());
    return figure.equals("failed") ? Cell.faults(count).text() : Show.count(count);
  }

  private static JsonNode ask(String path) {
    Response answer = RouteServer.ask(api, path, Map.of());
    return JsonMapper.shared().readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }
}
