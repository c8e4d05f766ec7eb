package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of every document is one that there is; every call to the server is answered. */
class DocumentedCommandsTest {

  /** The engine that the store is measured beside. */
  private static final String CLICKHOUSE = "@chdb/lib-linux-x64-gnu";

  private static final String TOKEN = "token-0123456789abcdef";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Pattern VARIABLE = Pattern.compile("^([A-Z_]+=\\S+ +)+");

  /** One line of a document, with what its variables and comments left. */
  record Shown(Path document, String line) {

    @Override
    public String toString() {
      return Documents.root().relativize(document) + ": " + line;
    }

    List<String> words() {
      return WORD.matcher(line).results().map(Shown::word).toList();
    }

    private static String word(MatchResult word) {
      for (int group = 1; group < 3; group++) {
        if (word.group(group) != null) {
          return word.group(group);
        }
      }
      return word.group(3);
    }
  }

  static List<Shown> commands() throws IOException {
    List<Shown> commands = new ArrayList<>();
    for (Path document : Documents.all()) {
      for (MatchResult block : BLOCK.matcher(Files.readString(document)).results().toList()) {
        // A body in quotes may go over several lines.
        String text = block.group(1).replaceAll("\n(?=[ }])", " ");
        for (String line : text.split("\n", -1)) {
          String command = VARIABLE.matcher(line.replaceFirst(" +#.*", "")).replaceFirst("");
          if (!command.isBlank() && !command.startsWith("export ")) {
            commands.add(new Shown(document, command.strip()));
          }
        }
      }
    }
    assertThat(commands).hasSizeGreaterThan(60);
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_isOneThatThereIs(Shown shown, @TempDir Path folder) throws Exception {
    List<String> words = shown.words();
    switch (words.getFirst()) {
      case "./onlooker" -> assertUnderstood(words.subList(1, words.size()));
      case "echo" -> assertUnderstood(words.subList(words.indexOf("./onlooker") + 1, words.size()));
      case "./mvnw" -> assertBuilds(words);
      case "curl" -> assertAnswered(words, folder);
      case "npm" ->
          assertThat(words.subList(1, words.size()))
              .isIn(List.of("install", "--prefix", "examples"), List.of("pack", CLICKHOUSE));
      case "java" -> assertThat(mainClass(words)).isRegularFile();
      default ->
          assertThat(Documents.root().resolve(words.getFirst())).as("" + shown).isExecutable();
    }
  }

  /** The source of a program in the benchmarks. */
  private static Path mainClass(List<String> words) {
    String name =
        words.stream().filter(word -> word.startsWith("io.onlooker.")).findFirst().orElseThrow();
    return Documents.root().resolve("benchmarks/src/main/java/" + name.replace('.', '/') + ".java");
  }

  /** With its options understood, {@code --help} answers instead of the command. */
  private static void assertUnderstood(List<String> words) {
    List<String> asked = new ArrayList<>(words);
    asked.add("--help");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(Map.of(), asked.toArray(String[]::new))).isZero();
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("Usage: onlooker");
  }

  /** Modules, main classes and profiles that a build names are there. */
  private static void assertBuilds(List<String> words) throws IOException {
    Path root = Documents.root();
    String pom = Files.readString(root.resolve("pom.xml"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        for (String module : words.get(i + 1).split(",", -1)) {
          assertThat(root.resolve(module).resolve("pom.xml")).exists();
        }
      } else if (word.startsWith("-Dexec.mainClass=")) {
        String file = word.substring(word.indexOf('=') + 1).replace('.', '/') + ".java";
        assertThat(Documents.files(root.resolve("examples"), "/" + file)).hasSize(1);
      } else if (word.startsWith("-P")) {
        assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
      }
    }
  }

  private static void assertAnswered(List<String> words, Path folder) throws Exception {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(null, TOKEN);
    try (OnlookerServer server = OnlookerServer.open(config);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = request(words, server.port());
      if (request == null) {
        return; // an example's own address
      }
      // Of a stream of events the head is all there is to wait for.
      var answer = client.send(request, BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      answer.body().close();
    }
  }

  private static @org.jspecify.annotations.Nullable HttpRequest request(
      List<String> words, int port) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    Iterator<String> rest = words.subList(1, words.size()).iterator();
    boolean ours = false;
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("-H")) {
        String[] header = rest.next().replace("$TOKEN", TOKEN).split(": ", 2);
        request.header(header[0], header[1]);
      } else if (word.equals("-d")) {
        request.POST(BodyPublishers.ofString(rest.next()));
      } else if (word.contains("localhost:8600")) {
        ours = true;
        String path = word.substring(word.indexOf("8600") + 4);
        request.uri(URI.create("http://127.0.0.1:" + port + path));
      }
    }
    return ours ? request.build() : null;
  }
}
