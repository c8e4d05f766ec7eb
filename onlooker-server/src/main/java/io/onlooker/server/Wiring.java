package io.onlooker.server;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Scope;
import io.onlooker.server.access.SignIn;
import io.onlooker.server.api.Api;
import io.onlooker.server.api.LiveFeed;
import io.onlooker.server.api.Rights;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.HttpServer;
import io.onlooker.server.http.HttpSettings;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.server.ingest.Counters;
import io.onlooker.server.ingest.IngestRoutes;
import io.onlooker.server.ingest.Limits;
import io.onlooker.server.pricing.OwnPrices;
import io.onlooker.server.pricing.PriceSettings;
import io.onlooker.server.pricing.Repricing;
import io.onlooker.server.privacy.LeakSentinel;
import io.onlooker.server.privacy.PiiPolicies;
import io.onlooker.server.privacy.PiiSettings;
import io.onlooker.server.privacy.SdkConfig;
import io.onlooker.server.quota.KeySettings;
import io.onlooker.server.web.Pages;
import io.onlooker.server.web.SettingsPages;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Puts the parts together, in the order in which a request meets them. */
record Wiring(
    ServerConfig config,
    Access access,
    Store store,
    LeakSentinel sentinel,
    LiveFeed live,
    Repricing repricing,
    HttpServer http,
    @Nullable String firstDsn)
    implements AutoCloseable {

  /** Addresses that are no place to go to. */
  private static final List<String> WILDCARDS = List.of("0.0.0.0", "::");

  /** Where OpenTelemetry's exporters send unless told: gRPC and HTTP; each port takes both. */
  private static final List<Integer> OTLP_PORTS = List.of(4317, 4318);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** Over the embedded store in the data folder. */
  static Wiring start(ServerConfig config) throws IOException {
    makeFolder(config.data());
    CompletableFuture<Prices> shipped = CompletableFuture.supplyAsync(Prices::shipped);
    Access access = openAccess(config);
    return start(config, openStore(config, access), access, shipped);
  }

  /** What deleted projects received is past its time. */
  private static Store openStore(ServerConfig config, Access access) {
    StoreConfig files =
        StoreConfig.of(config.data().resolve("store"))
            .withClock(config.clock())
            .withCopies(config.copyBytes())
            .withRetention(project ->
                access.deleted(project) ? Duration.ZERO : config.retention().of(project));
    try {
      return EmbeddedStore.open(files);
    } catch (RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /** Told apart here, before the parts that write would each complain in their own way. */
  private static void makeFolder(Path data) throws IOException {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "writable", null));
    } catch (IOException e) {
      throw new IOException(
          "data: " + data + " cannot be written (expected: a folder that can be; --data names one)",
          e);
    }
  }

  /** Over this store, which is closed when the server cannot start. */
  static Wiring start(ServerConfig config, Store store) throws IOException {
    Access access;
    try {
      makeFolder(config.data());
      access = openAccess(config);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    return start(config, store, access, CompletableFuture.completedFuture(Prices.shipped()));
  }

  private static Wiring start(
      ServerConfig config, Store store, Access access, CompletableFuture<Prices> shipped)
      throws IOException {
    try {
      return connect(config, store, access, shipped.join());
    } catch (IOException | RuntimeException e) {
      store.close();
      access.close();
      throw e;
    }
  }

  private static Access openAccess(ServerConfig config) throws IOException {
    try {
      return Access.open(config.data().resolve("settings.db"), config.clock());
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Wiring connect(ServerConfig config, Store store, Access access, Prices shipped)
      throws IOException {
    Counters counters = new Counters();
    Routes routes = new Routes();
    OwnPrices prices = new OwnPrices(access, shipped);
    Pricing pricing = new Pricing(prices::of);
    PiiPolicies policies = new PiiPolicies(access);
    LeakSentinel sentinel = new LeakSentinel(policies, counters::add);
    LiveFeed live = new LiveFeed(store);

    IngestRoutes ingest =
        new IngestRoutes(
            access,
            store,
            pricing,
            Limits.withInflatedBytes(config.maxInflatedBytes()),
            counters,
            config.clock(),
            sentinel.andThen(live));
    ingest.addTo(routes);
    SdkConfig sdkConfig = new SdkConfig(policies, ingest::projectOf);
    ingest.openToSenders(routes, "/api/sdk/config", sdkConfig::answer);
    new Operation(store, counters).addTo(routes);
    String firstKey = makeKeys(config, access);
    PageAccess readers = new PageAccess(access, known(config, firstKey));
    Rights rights = new Rights(readers::readable, readers::administered, ingest::projectOf);
    new Api(store, prices::of, rights, config.clock(), live).addTo(routes);
    Repricing repricing = new Repricing(store, pricing, access, config.clock());
    new PriceSettings(prices, repricing, readers::readable, readers::administered, config.clock())
        .addTo(routes);
    repricing.resume();
    new PiiSettings(policies, sentinel, readers::readable, readers::administered).addTo(routes);
    new KeySettings(access, config.clock()).addTo(routes);
    Pages pages = new Pages(store, readers, config.clock(), prices::of);
    pages.addTo(routes);
    new SettingsPages(
            pages, access, policies, sentinel, prices, repricing, store, config.retention()::of)
        .addTo(routes);
    new SignIn(access, pages::signIn).addTo(routes);
    routes.otherwise(request -> otherwise(ingest, pages, request));

    access.start();
    HttpServer http = HttpServer.start(settings(config), routes);
    String dsn = firstKey == null ? null : dsn(config, http.port(), firstKey);
    return new Wiring(config, access, store, sentinel, live, repricing, http, dsn);
  }

  String address() {
    boolean here = config.host().equals("127.0.0.1") || WILDCARDS.contains(config.host());
    return "http://" + (here ? "localhost" : config.host()) + ":" + http.port();
  }

  String newDsn(String label) {
    return dsn(config, http.port(), newKey(access, label));
  }

  @Override
  public void close() {
    http.close();
    sentinel.close();
    live.close();
    repricing.close();
    store.close();
    access.close();
  }

  /** The operator's keys, or a drawn one when nothing could send yet. */
  private static @Nullable String makeKeys(ServerConfig config, Access access) {
    if (config.token() != null) {
      access.ensureKey(null, Scope.ADMIN, "ONLOOKER_BOOTSTRAP_TOKEN", config.token());
    }
    if (config.dsnKey() != null) {
      access.ensureKey(
          Access.FIRST_PROJECT, Scope.INGEST, "ONLOOKER_BOOTSTRAP_DSN_KEY", config.dsnKey());
    }
    return access.hasIngestKey(Access.FIRST_PROJECT) ? null : newKey(access, "first");
  }

  private static String newKey(Access access, String label) {
    return access.createKey(Access.FIRST_PROJECT, Scope.INGEST, label).text();
  }

  /** The text of the first project's key, until the server is started without it. */
  private static Map<Integer, String> known(ServerConfig config, @Nullable String firstKey) {
    String key = firstKey == null ? config.dsnKey() : firstKey;
    return key == null ? Map.of() : Map.of(Access.FIRST_PROJECT, key);
  }

  private static Response otherwise(IngestRoutes ingest, Pages pages, Request request) {
    Response tunnelled = ingest.tunnel(request);
    if (tunnelled != null) {
      return tunnelled;
    }
    HttpProblem problem =
        new HttpProblem(
            404, "Not found", "path: " + request.path() + " (expected: a path of this server)");
    if (String.valueOf(request.header("accept")).contains("text/html")) {
      return pages.problem(request, problem);
    }
    throw problem;
  }

  private static HttpSettings settings(ServerConfig config) {
    return new HttpSettings(
        config.host(),
        config.port(),
        config.otlpPorts() ? OTLP_PORTS : List.of(),
        config.maxBodyBytes(),
        config.maxInflatedBytes(),
        REQUEST_TIMEOUT,
        DRAIN);
  }

  private static String dsn(ServerConfig config, int port, String key) {
    String host = WILDCARDS.contains(config.host()) ? "localhost" : config.host();
    return "http://" + key + "@" + host + ":" + port + "/" + Access.FIRST_PROJECT;
  }
}
