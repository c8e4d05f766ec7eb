package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a person uses them: what they print and how they end. */
class CommandsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Path CAPTURES = Path.of("src/test/resources/captures");

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void command_unknown() {
    int code = Main.run(Map.of(), "sevre");

    assertThat(code).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("'sevre'", "--help");
  }

  @Test
  void command_none() {
    assertThat(Main.run(Map.of())).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("serve", "demo", "replay");
  }

  @Test
  void flag_bad() {
    assertThat(Main.run(Map.of(), "serve", "--port", "many")).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("--port", "many");
    assertThat(Main.run(Map.of(), "serve", "--port", "70000", "--data", folder.toString()))
        .isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8))
        .contains("port: 70000 (expected: 0 to 65535)");
  }

  @Test
  void serve_portTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());

      int code = Main.run(Map.of(), "serve", "--port", port, "--data", folder.toString());

      assertThat(code).isEqualTo(1);
      assertThat(complained.toString(StandardCharsets.UTF_8))
          .contains("port " + port + " on 127.0.0.1 is taken (expected: a free port; 0 picks one)");
    }
  }

  @Test
  void demo_portTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(Main.run(Map.of(), "demo", "--port", port)).isEqualTo(1);

      assertThat(complained.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
      assertThat(complained.toString(StandardCharsets.UTF_8))
          .contains("port " + port + " on 127.0.0.1 is taken (expected: a free port; 0 picks one)");
    }
  }

  @Test
  void serve_dataCannotBeWritten() throws Exception {
    Path data = Files.writeString(folder.resolve("file"), "not a folder").resolve("data");

    assertThat(Main.run(Map.of(), "serve", "--port", "0", "--data", data.toString())).isEqualTo(1);

    assertThat(complained.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "data: "
                + data
                + " cannot be written (expected: a folder that can be; --data names one)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"settings.db", "store/catalog.db"})
  void serve_dataOfANewerOnlooker(String file) throws Exception {
    assertThat(check()).isZero();
    change(folder.resolve(file), "PRAGMA user_version = 99");

    for (int start = 1; start <= 2; start++) {
      assertThat(check()).isEqualTo(1);

      assertThat(complained.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
      assertThat(complained.toString(StandardCharsets.UTF_8))
          .contains(
              folder.resolve(file).toString(),
              "version 99 (expected: at most",
              "a newer Onlooker wrote it: start that one, or name another folder)");
      complained.reset();
    }
  }

  private int check() {
    return Main.run(
        Map.of("ONLOOKER_OTLP_PORTS", "off"),
        "serve",
        "--check",
        "--port",
        "0",
        "--data",
        folder.toString());
  }

  private static void change(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void serve_printsDsnOnceAndALinkEveryTime() {
    Map<String, String> environment =
        Map.of(
            "ONLOOKER_PORT", "0", "ONLOOKER_DATA", folder.toString(), "ONLOOKER_OTLP_PORTS", "off");

    assertThat(Main.run(environment, "serve", "--check")).isZero();
    String first = printed.toString(StandardCharsets.UTF_8);
    printed.reset();
    assertThat(Main.run(environment, "serve", "--check")).isZero();
    String second = printed.toString(StandardCharsets.UTF_8);

    assertThat(first).containsPattern("DSN +http://[0-9a-f]{32}@127.0.0.1:\\d+/1");
    assertThat(first).containsPattern("sign in +http://localhost:\\d+/sign-in\\?token=[0-9a-f]+");
    assertThat(second).doesNotContain("DSN").contains("sign in");
  }

  @Test
  void settings_fromFlagsThenEnvironmentThenFile() throws Exception {
    Path file = folder.resolve("onlooker.properties");
    Files.writeString(file, "port = nonsense\ndata = " + folder.resolve("file") + "\n");
    Map<String, String> environment = Map.of("ONLOOKER_DATA", folder.resolve("env").toString());

    int code =
        Main.run(
            environment,
            "serve",
            "--check",
            "--config",
            file.toString(),
            "--port",
            "0",
            "--otlp-ports",
            "off");

    assertThat(code).isZero();
    assertThat(folder.resolve("env/settings.db")).exists();
    assertThat(folder.resolve("file")).doesNotExist();
  }

  @Test
  void settings_misspelt() throws Exception {
    Path file = folder.resolve("onlooker.properties");
    Files.writeString(file, "prot = 1\n");

    assertThat(Main.run(Map.of("ONLOOKER_CONFIG", file.toString()), "serve")).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("config: prot in");
  }

  @Test
  void signIn_worksBesideARunningServer() throws Exception {
    RememberingStore store = new RememberingStore();
    try (OnlookerServer server = OnlookerServer.open(config(), store)) {
      assertThat(server.port()).isPositive();

      assertThat(Main.run(Map.of(), "sign-in", "--data", folder.toString(), "--port", "1"))
          .isZero();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("http://localhost:1/sign-in?token=");
  }

  @Test
  void signIn_elsewhere() {
    assertThat(Main.run(Map.of(), "sign-in", "--data", folder.toString())).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8)).contains("data: " + folder);
  }

  @Test
  void keys_fromMakingToRevoking() throws Exception {
    String data = folder.toString();
    try (OnlookerServer server = OnlookerServer.open(config(), new RememberingStore())) {
      assertThat(
              Main.run(
                  Map.of(),
                  "keys",
                  "create",
                  "--data",
                  data,
                  "--label",
                  "shop",
                  "--limits",
                  "span=5/s"))
          .isZero();
      String made = printed.toString(StandardCharsets.UTF_8);
      assertThat(made).containsPattern("Key 2 +[0-9a-f]{32} +\\(shown this once\\)");
      String text = made.replaceFirst("(?s)Key 2 +([0-9a-f]{32}).*", "$1");

      assertThat(command("keys", "rotate", "2", "--data", data)).contains("Key 3");
      assertThat(command("keys", "limit", "3", "log=off, error=9/min", "--data", data))
          .contains("log=off, error=9/min");
      assertThat(command("key", "disable", "2", "--data", data)).contains("disabled span=5/s");
      assertThat(command("keys", "list", "--data", data)).contains("shop").doesNotContain(text);
      assertThat(command("keys", "enable", "2", "--data", data, "--json"))
          .contains("\"disabled\":null", "\"limits\":\"span=5/s\"");
      assertThat(command("keys", "revoke", "2", "--data", data)).contains("Key 2 (shop) is gone.");
      assertThat(command("keys", "list", "--data", data, "--json"))
          .contains("\"id\":3")
          .doesNotContain("\"id\":2");
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void keys_toldWrongly() throws Exception {
    OnlookerServer.open(config(), new RememberingStore()).close();
    String data = folder.toString();

    assertThat(Main.run(Map.of(), "keys", "limit", "1", "span=lots", "--data", data)).isEqualTo(2);
    assertThat(Main.run(Map.of(), "keys", "revoke", "77", "--data", data)).isEqualTo(2);
    assertThat(Main.run(Map.of(), "keys", "create", "--project", "9", "--data", data)).isEqualTo(2);
    assertThat(complained.toString(StandardCharsets.UTF_8))
        .contains("limit: span=lots (expected: CATEGORY=AMOUNT/s")
        .contains("key: 77 (expected: one of [1])")
        .contains("project: 9 (expected: its number, or all)");
  }

  @Test
  void doctor_tellsInWordsAndByItsCode() throws Exception {
    OnlookerServer.open(config(), new RememberingStore()).close();

    assertThat(Main.run(Map.of(), "doctor", "--data", folder.toString(), "--port", "1")).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("ok       settings", "Nothing is broken");
    assertThat(Main.run(Map.of(), "doctor", "--json", "--data", folder + "/none")).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"faults\":");
  }

  private String command(String... arguments) {
    printed.reset();
    assertThat(Main.run(Map.of(), arguments))
        .as(complained.toString(StandardCharsets.UTF_8))
        .isZero();
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void replay_folder() throws Exception {
    RememberingStore store = new RememberingStore();
    try (OnlookerServer server = OnlookerServer.open(config(), store)) {
      int code = Main.run(Map.of("ONLOOKER_DSN", dsn(server)), "replay", CAPTURES + "/mastra");

      assertThat(code).as(complained.toString(StandardCharsets.UTF_8)).isZero();
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("requests sent, 0 refused");
      assertThat(store.spans()).isNotEmpty();
      assertThat(store.logs()).isNotEmpty();
    }
  }

  @Test
  void replay_dsnOfTheRecordedProjectIsLeftOut() throws Exception {
    RememberingStore store = new RememberingStore();
    try (OnlookerServer server = OnlookerServer.open(config(), store)) {
      String recorded = CAPTURES + "/sentry/browser11-tunnel";

      assertThat(Main.run(Map.of(), "replay", "--dsn", dsn(server), recorded)).isZero();

      assertThat(store.batches()).isNotEmpty();
    }
  }

  @Test
  void replay_refused() throws Exception {
    Path bad = folder.resolve("bad.envelope");
    Files.writeString(bad, "not json\n");
    try (OnlookerServer server = OnlookerServer.open(config(), new RememberingStore())) {
      int code = Main.run(Map.of(), "replay", "--dsn", dsn(server), bad.toString());

      assertThat(code).isEqualTo(1);
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 requests sent, 1 refused");
      assertThat(complained.toString(StandardCharsets.UTF_8)).contains("bad.envelope: 400");
    }
  }

  @Test
  void replay_noServer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String nobody = "http://" + KEY + "@127.0.0.1:" + port + "/1";

    assertThat(Main.run(Map.of(), "replay", "--dsn", nobody, CAPTURES + "/mastra")).isEqualTo(1);
    assertThat(complained.toString(StandardCharsets.UTF_8))
        .contains("cannot be reached")
        .doesNotContain(KEY);
  }

  @Test
  void demo_showsRecordedRunsAsIfTheyWereRecent() throws Exception {
    RememberingStore store = new RememberingStore();
    Instant now = Instant.parse("2031-05-01T12:00:00Z");

    DemoData.appendTo(store, now);

    assertThat(store.spans()).hasSizeGreaterThan(80);
    long newest =
        store.spans().stream().mapToLong(SpanData::endNanos).max().orElseThrow() / 1_000_000_000;
    long oldest =
        store.spans().stream().mapToLong(SpanData::startNanos).min().orElseThrow() / 1_000_000_000;
    assertThat(Instant.ofEpochSecond(newest)).isBefore(now).isAfter(now.minusSeconds(120));
    assertThat(Instant.ofEpochSecond(oldest)).isAfter(now.minus(Duration.ofHours(1)));
  }

  private ServerConfig config() {
    return ServerConfig.of(folder)
        .withAddress("127.0.0.1", 0)
        .withOtlpPorts(false)
        .withKeys(KEY, null);
  }

  private static String dsn(OnlookerServer server) {
    return "http://" + KEY + "@127.0.0.1:" + server.port() + "/1";
  }
}
