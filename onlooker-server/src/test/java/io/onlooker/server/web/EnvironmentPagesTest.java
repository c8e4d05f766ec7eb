package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of one agent, model, tool or person, of one environment: four runs, one of them there. */
final class EnvironmentPagesTest {

  @TempDir private static Path folder;

  private static Store store;
  private static Routes routes;

  @BeforeAll
  static void open() {
    store = EmbeddedStore.open(StoreConfig.of(folder).withClock(() -> Site.NOW));
    for (int i = 0; i < 4; i++) {
      run(i, i == 0 ? "staging" : "production");
    }
    routes = Site.over(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static void run(int number, String environment) {
    Recording recording = new Recording(70 + number, Site.NOW.minusSeconds(3600 + number));
    String root = recording.nextId();
    long start = recording.nanos();
    Map<String, Object> place =
        Map.of("environment", environment, "release", "shop@" + environment);
    Map<String, Object> call = new HashMap<>(place);
    call.put("gen_ai.operation.type", "ai_client");
    call.put("gen_ai.request.model", "gpt-4o");
    call.put("gen_ai.agent.name", "Support");
    step(recording, root, "gen_ai.chat", "chat gpt-4o", null, call);
    Map<String, Object> tool = new HashMap<>(place);
    tool.put("gen_ai.operation.type", "tool");
    tool.put("gen_ai.tool.name", "check_order");
    tool.put("gen_ai.agent.name", "Support");
    tool.put("error.type", "Slow" + environment);
    step(recording, root, "gen_ai.execute_tool", "execute_tool check_order", "slow", tool);
    Map<String, Object> agent = new HashMap<>(place);
    agent.put("gen_ai.operation.type", "agent");
    agent.put("gen_ai.agent.name", "Support");
    agent.put("user.id", "ada");
    recording.span(root, null, "gen_ai.invoke_agent", "invoke_agent Support", start, null, agent);
    store.append(new Batch(1, recording.items()));
  }

  private static void step(
      Recording recording,
      String parent,
      String op,
      String name,
      @Nullable String error,
      Map<String, ?> attributes) {
    String id = recording.nextId();
    long start = recording.nanos();
    recording.pause(200);
    recording.span(id, parent, op, name, start, error, attributes);
  }

  private static Document page(String pathAndQuery) {
    return Site.page(RouteServer.ask(routes, "/p/shop/" + pathAndQuery, Map.of()));
  }

  private static String first(Document page) {
    return page.expectFirst(".reading .value").text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents/Support", "models/gpt-4o", "tools/check_order", "users/ada"})
  void page_narrowsItsReadings(String path) {
    assertThat(first(page(path))).isEqualTo("4");
    assertThat(first(page(path + "?env=production"))).isEqualTo("3");
    assertThat(first(page(path + "?env=staging"))).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents/Support", "models/gpt-4o", "tools/check_order", "users/ada"})
  void page_offersTheChoice(String path) {
    List<String> links = page(path).select(".environments a").eachAttr("href");

    assertThat(links)
        .contains("/p/shop/" + path + "?env=staging", "/p/shop/" + path + "?env=production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents/Support", "models/gpt-4o", "tools/check_order"})
  void page_narrowsItsReleases(String path) {
    Document page = page(path + "?env=staging");

    assertThat(page.select(".part:has(#part-releases) tbody tr")).hasSize(1);
    assertThat(page.select(".part:has(#part-releases) tbody tr").text())
        .startsWith("shop@staging 1");
  }

  @Test
  void tool_narrowsEveryPart() {
    Document page = page("tools/check_order?env=staging");

    assertThat(page.select(".part:has(#part-why) tbody tr").text())
        .contains("Slowstaging")
        .doesNotContain("Slowproduction");
    assertThat(page.select(".part:has(#part-slowest) tbody tr")).hasSize(1);
    assertThat(page.select(".part:has(#part-callers) tbody tr").text()).startsWith("Support 1");
  }

  @Test
  void links_keepTheEnvironmentOnce() {
    Document page = page("tools/check_order?env=staging");

    assertThat(page.select(".reading, .part a.row, .part .head a").eachAttr("href"))
        .filteredOn(link -> link.contains("/spans?"))
        .isNotEmpty()
        .allSatisfy(
            link -> assertThat(link).contains("env=staging").doesNotContain("environment%3A"));
  }

  @Test
  void page_ofAnEnvironmentThatNeverUsedIt() {
    Document page = page("tools/check_order?env=nowhere");

    assertThat(page.expectFirst("h1").text()).isEqualTo("check_order");
    assertThat(page.select(".part").text()).contains("No call failed.");
  }

  @Test
  void path_ofAnIdWithSlashes() {
    assertThat(Links.path("/p/shop/models/openai/gpt-4o"))
        .isEqualTo("/p/shop/models/openai%2Fgpt-4o");
    assertThat(Links.path("/p/shop/traces/1/steps/2")).isEqualTo("/p/shop/traces/1/steps/2");
    assertThat(Links.path("/p/shop/tools/a b")).isEqualTo("/p/shop/tools/a%20b");
    String odd = new Links("shop").one("users", "../up");
    assertThat(Links.path(odd)).isEqualTo(odd);
  }
}
