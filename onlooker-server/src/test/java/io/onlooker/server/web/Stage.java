package io.onlooker.server.web;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.ServerConfig;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.demo.SampleShop;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Keys;

/** One server full of the sample shop and one signed-in browser, for all classes that need them. */
final class Stage {

  static final String HOME = "/p/default";

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private static @Nullable Stage shared;

  final OnlookerServer server;
  final Store store;
  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> projects = new HashSet<>();
  private @Nullable Browser browser;

  private Stage(OnlookerServer server, Store store, Path folder) {
    this.server = server;
    this.store = store;
    this.folder = folder;
  }

  static synchronized Stage shared() {
    if (shared == null) {
      shared = open(3);
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /**
   * One of its own, which the caller closes.
   *
   * @param days of the sample shop
   */
  static Stage open(int days) {
    try {
      Path folder = Files.createTempDirectory("onlooker-stage");
      Store store = EmbeddedStore.open(StoreConfig.of(folder.resolve("store")));
      SampleShop.fill(store, 1, Instant.now(), days);
      ServerConfig config =
          ServerConfig.of(folder)
              .withAddress("127.0.0.1", 0)
              .withOtlpPorts(false)
              .withKeys(KEY, "an-admin-token-of-the-test");
      return new Stage(OnlookerServer.open(config, store), store, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signed in; its console is empty. */
  synchronized Browser browser() {
    if (browser == null) {
      browser = Browser.open();
      browser.go(server.signInLink());
    }
    browser.complaints();
    return requireNonNull(browser, "browser");
  }

  /** Signs in a browser of another kind, which the caller closes. */
  Browser signedIn(Browser other) {
    other.go(server.signInLink());
    return other;
  }

  String url(String path) {
    return server.address() + path;
  }

  /** Keeps it with the cost of each call. */
  void keepPriced(int project, Recording recording) {
    Pricing pricing = new Pricing(Prices.shipped());
    List<Item> priced =
        recording.items().stream()
            .map(item -> item instanceof SpanData span ? pricing.price(span) : item)
            .toList();
    store.append(new Batch(project, priced));
  }

  /** Makes a project, in the settings; once, also when its tests run again. */
  void project(Browser browser, String name) {
    if (projects.add(name)) {
      browser.go(url(HOME + "/settings/project"));
      browser.follow(() -> browser.find("#new-project").sendKeys(name, Keys.ENTER));
      await().until(() -> browser.text(".did").contains(name));
    }
  }

  /** Adds a session of so many steps; its id. */
  String addLarge(int steps) {
    return SampleShop.addLarge(store, 1, Instant.now(), steps);
  }

  void keep(int project, Recording recording) {
    store.append(new Batch(project, recording.items()));
  }

  /** Sends a span as OpenTelemetry's exporters do; without an end it still runs. */
  void send(String traceId, String spanId, String parent, String name, boolean agent)
      throws IOException, InterruptedException {
    long now = Instant.now().toEpochMilli();
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","parentSpanId":"%s",
        "name":"%s","kind":1,"startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000",
        "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"%s"}},
        {"key":"gen_ai.%s.name","value":{"stringValue":"%s"}}]}]}]}]}\
        """
            .formatted(
                traceId,
                spanId,
                parent,
                name,
                now - 40,
                now,
                agent ? "invoke_agent" : "execute_tool",
                agent ? "agent" : "tool",
                name);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url("/v1/traces")))
            .header("authorization", "Bearer " + KEY)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = client.send(request, BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("status: " + status + " (expected: 200)");
    }
  }

  void close() {
    if (browser != null) {
      browser.close();
    }
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
