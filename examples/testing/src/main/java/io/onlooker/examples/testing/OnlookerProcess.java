package io.onlooker.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Onlooker server in a process of its own, as it was built before the examples. */
public final class OnlookerProcess implements AutoCloseable {

  private static final Path JAR =
      Path.of("../../onlooker-server/target/onlooker-server.jar").toAbsolutePath().normalize();
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final Pattern ADDRESS = Pattern.compile("(?:listens|runs) on http://[^:]+:(\\d+)");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final BufferedReader output;
  private final int port;

  private OnlookerProcess(Process process) throws IOException {
    this.process = process;
    output = process.inputReader();
    port = Integer.parseInt(said(ADDRESS).group(1));
  }

  /**
   * Whether there is one to start: {@code ./mvnw verify} builds it, {@code test} alone does not.
   */
  private static boolean built() {
    return Files.exists(JAR);
  }

  /** Skips the test when there is none, other than where everything is to be tested. */
  public static void assumeBuilt() {
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(built()).as("onlooker-server is built (./mvnw verify)").isTrue();
    }
  }

  /** A server that keeps its data in the folder, and its temporary files. */
  public static OnlookerProcess start(Path folder) throws IOException {
    String data = folder.resolve("data").toAbsolutePath().toString();
    List<String> flags = List.of("-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder)));
    ProcessBuilder serve = java(flags, "serve", "--port", "0", "--data", data);
    return start(serve.redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  /** Where a server of this folder has its temporary files. */
  public static Path temporary(Path folder) {
    return folder.resolve("temporary").toAbsolutePath();
  }

  /** The demo, with its temporary folder in this one; what it complains of is said as well. */
  public static OnlookerProcess demo(Path folder, String... options) throws IOException {
    String[] arguments =
        Stream.concat(Stream.of("demo", "--port", "0"), Stream.of(options)).toArray(String[]::new);
    return start(java(List.of("-Djava.io.tmpdir=" + folder), arguments).redirectErrorStream(true));
  }

  private static ProcessBuilder java(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(flags);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static OnlookerProcess start(ProcessBuilder builder) throws IOException {
    builder
        .environment()
        .putAll(
            Map.of(
                "ONLOOKER_BOOTSTRAP_DSN_KEY", KEY,
                "ONLOOKER_BOOTSTRAP_TOKEN", TOKEN,
                "ONLOOKER_OTLP_PORTS", "off"));
    Process process = builder.start();
    try {
      return new OnlookerProcess(process);
    } catch (IOException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Waits until it says such a thing. */
  public MatchResult said(Pattern wanted) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher match = wanted.matcher(line);
      if (match.find()) {
        return match.toMatchResult();
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("the server ended before it said " + wanted + ":\n" + said);
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://localhost:" + port);
  }

  public String dsn() {
    return "http://" + KEY + "@127.0.0.1:" + port + "/1";
  }

  /** What the API says at a path. */
  public JsonNode read(String path) throws IOException, InterruptedException {
    return ask(request(path).build());
  }

  /**
   * A figure of the spans a query takes, by the value of what they are grouped by; waits until at
   * least so many such spans have come. Groups without a number are left out.
   */
  public Map<String, Double> figures(int spans, String q, String aggregate, String by)
      throws IOException, InterruptedException {
    await(spans, q);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (JsonNode row : query(q, List.of(by), List.of(aggregate))) {
      if (row.path(1).isNumber()) {
        figures.put(row.path(0).asString("null"), row.path(1).asDouble());
      }
    }
    return figures;
  }

  /** A single figure, as {@link #figures}. */
  public double figure(int spans, String q, String aggregate)
      throws IOException, InterruptedException {
    await(spans, q);
    return query(q, List.of(), List.of(aggregate)).path(0).path(0).asDouble();
  }

  /** What the saved views of a part of an application show. */
  public Shown views(String part) throws IOException, InterruptedException {
    Map<String, Map<String, List<Double>>> views = new LinkedHashMap<>();
    for (SavedView view : SavedView.of(part)) {
      views.put(view.title(), show(view));
    }
    return new Shown(views);
  }

  private Map<String, List<Double>> show(SavedView view) throws IOException, InterruptedException {
    int groups = view.by().size();
    Map<String, List<Double>> shown = new LinkedHashMap<>();
    for (JsonNode row : query(view.query(), view.by(), view.aggregates())) {
      List<JsonNode> cells = row.valueStream().toList();
      shown.put(
          String.join(
              ", ", cells.subList(0, groups).stream().map(c -> c.asString("null")).toList()),
          cells.subList(groups, cells.size()).stream().map(c -> c.asDouble(Double.NaN)).toList());
    }
    return shown;
  }

  /** Waits until at least so many spans of the query have come. */
  public void await(int spans, String q) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    int found = count(q);
    while (found < spans && Instant.now().isBefore(end)) {
      Thread.sleep(200);
      found = count(q);
    }
    assertThat(found).as("spans of " + q).isGreaterThanOrEqualTo(spans);
  }

  private int count(String q) throws IOException, InterruptedException {
    return query(q, List.of(), List.of("count()")).path(0).path(0).asInt(0);
  }

  private JsonNode query(String q, List<String> by, List<String> aggregates)
      throws IOException, InterruptedException {
    Map<String, Object> body = Map.of("q", q, "by", by, "aggregates", aggregates);
    HttpRequest query =
        request("/api/v1/query")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .build();
    return ask(query).path("rows");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + TOKEN);
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(request.uri() + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
