package io.onlooker.examples.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Onlooker server in a process of its own, as it was built before the examples. */
final class OnlookerProcess implements AutoCloseable {

  private static final Path JAR =
      Path.of("../../onlooker-server/target/onlooker-server.jar").toAbsolutePath().normalize();
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final Pattern ADDRESS = Pattern.compile("listens on http://[^:]+:(\\d+)");

  private final Process process;
  private final int port;

  private OnlookerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Whether there is one to start: {@code ./mvnw verify} builds it, {@code test} alone does not.
   */
  static boolean built() {
    return Files.exists(JAR);
  }

  static OnlookerProcess start(Path folder) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            JAR.toString(),
            "serve",
            "--port",
            "0",
            "--data",
            folder.toString());
    command
        .environment()
        .putAll(
            Map.of(
                "ONLOOKER_BOOTSTRAP_DSN_KEY", KEY,
                "ONLOOKER_BOOTSTRAP_TOKEN", TOKEN,
                "ONLOOKER_OTLP_PORTS", "off"));
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new OnlookerProcess(process, port(process.inputReader()));
    } catch (IOException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  String dsn() {
    return "http://" + KEY + "@127.0.0.1:" + port + "/1";
  }

  JsonNode read(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static int port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return Integer.parseInt(address.group(1));
      }
    }
    throw new AssertionError("the server ended before it said where it listens");
  }
}
