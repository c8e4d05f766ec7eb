package io.onlooker.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.OnlookerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole demo as its user starts and ends it. */
@Timeout(300)
class DemoTest {

  private static final Pattern LINK = Pattern.compile("sign in +(http://\\S+)");
  private static final Pattern DATA = Pattern.compile("data +(/.*onlooker-demo-\\S+)");
  private static final Pattern LAST_EXAMPLE = Pattern.compile("support agent +http://\\S+");

  @TempDir Path folder;

  @BeforeEach
  void serverIsBuilt() {
    OnlookerProcess.assumeBuilt();
  }

  @Test
  void pages_areAliveAndNothingIsLeft() throws Exception {
    try (OnlookerProcess demo = demo()) {
      String link = demo.said(LINK).group(1);
      Path data = Path.of(demo.said(DATA).group(1));
      demo.said(LAST_EXAMPLE);
      List<ProcessHandle> examples = demo.handle().descendants().toList();

      assertTraces(demo);
      assertPages(demo, link);
      assertThat(examples).hasSize(6);
      end(demo);

      assertThat(data).doesNotExist();
      assertThat(examples).noneMatch(ProcessHandle::isAlive);
    }
  }

  /** From what stands for the browser to the worker, in one trace. */
  private static void assertTraces(OnlookerProcess demo) throws Exception {
    Map<String, Double> done =
        demo.figures(1, "environment:demo op:queue.process", "count()", "trace");
    String trace = done.keySet().iterator().next();
    demo.await(5, "environment:demo trace:" + trace);
    List<JsonNode> spans =
        demo.read("/api/v1/traces/" + trace).path("spans").valueStream().toList();

    assertThat(spans)
        .extracting(span -> span.path("op").asString())
        .contains("file.upload", "http.client", "queue.publish", "queue.process");
    for (String op :
        List.of(
            "ui.action", "commerce.payment", "search", "gen_ai.execute_tool", "gen_ai.handoff")) {
      demo.await(1, "environment:demo op:" + op);
    }
    assertThat(demo.figure(1, "environment:demo status:error", "count()")).isPositive();
  }

  private static void assertPages(OnlookerProcess demo, String link) throws Exception {
    HttpClient browser = HttpClient.newHttpClient();
    String cookie =
        get(browser, URI.create(link), "").headers().firstValue("set-cookie").orElseThrow();
    for (String page :
        List.of(
            "overview",
            "sessions",
            "conversations",
            "traces",
            "spans",
            "agents",
            "models",
            "tools",
            "mcp",
            "queues",
            "users",
            "issues",
            "logs")) {
      HttpResponse<String> answer =
          get(browser, demo.address().resolve("/p/default/" + page), cookie);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      assertThat(answer.body()).as(page).doesNotContain("class=\"empty");
    }
  }

  private static HttpResponse<String> get(HttpClient browser, URI page, String cookie)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(page)
            .header("accept", "text/html")
            .header("cookie", cookie.replaceFirst(";.*", ""))
            .build();
    return browser.send(request, BodyHandlers.ofString());
  }

  @Test
  void examples_doNotOutliveAKilledServer() throws Exception {
    try (OnlookerProcess demo = demo()) {
      demo.said(LAST_EXAMPLE);
      List<ProcessHandle> examples = demo.handle().descendants().toList();

      assertThat(demo.handle().destroyForcibly()).isTrue();

      for (ProcessHandle example : examples) {
        example.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void examples_notBuilt() throws Exception {
    try (OnlookerProcess demo = OnlookerProcess.demo(folder, "--keep")) {
      Path data = Path.of(demo.said(DATA).group(1));
      demo.said(Pattern.compile("The examples are not built: .*"));
      demo.await(1_000, "op:gen_ai.invoke_agent");
      end(demo);

      assertThat(data.resolve("settings.db")).exists();
    }
  }

  @Test
  void examples_broken() throws Exception {
    try (OnlookerProcess demo = OnlookerProcess.demo(folder, "--examples", "nowhere.jar")) {
      demo.said(Pattern.compile("The examples ended with 1, nothing new comes \\(.*examples.log"));
      end(demo);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("onlooker-demo-"));
    }
  }

  private OnlookerProcess demo() throws Exception {
    return OnlookerProcess.demo(folder, "--examples", System.getProperty("java.class.path"));
  }

  /** As Ctrl-C does. */
  private static void end(OnlookerProcess demo) throws Exception {
    demo.handle().destroy();
    demo.handle().onExit().get(60, TimeUnit.SECONDS);
  }
}
