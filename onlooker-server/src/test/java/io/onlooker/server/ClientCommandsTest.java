package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.SpanStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code onlooker sessions}, {@code traces} and {@code prices} against a real server. */
class ClientCommandsTest {

  @TempDir Path folder;
  private CommandFixture commands;

  @BeforeEach
  void open() throws Exception {
    commands =
        new CommandFixture(
            folder,
            CommandFixture.span(1, "gen_ai.invoke_agent", 2500, SpanStatus.OK, agent("Support")),
            CommandFixture.span(
                2,
                "gen_ai.invoke_agent",
                40,
                SpanStatus.error("no such order"),
                agent("Tri\u001b[31mage")),
            CommandFixture.span(3, "db", 5, SpanStatus.OK, Map.of()));
  }

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void sessions_listed() {
    assertThat(commands.run("sessions", "list", "--sort", "-duration")).isZero();

    assertThat(commands.lines()).hasSize(3);
    assertThat(commands.lines().get(0)).startsWith("started").endsWith("id");
    assertThat(commands.lines().get(1)).contains("completed", "Support", "2.5 s", "–");
    assertThat(commands.lines().get(2)).contains("failed", "Tri [31mage", "40 ms");
  }

  @Test
  void sessions_narrowed() {
    assertThat(commands.run("sessions", "list", "status:failed", "--json")).isZero();

    assertThat(commands.lines()).singleElement().asString().contains("no such order");
    assertThat(commands.run("sessions", "list", "--limit", "1")).isZero();
    assertThat(commands.printed()).contains("and more");
    assertThat(commands.run("sessions", "list", "stauts:failed")).isEqualTo(2);
    assertThat(commands.complained()).contains("status");
  }

  @Test
  void session_shown() {
    assertThat(commands.run("sessions", "show", "%016x".formatted(2))).isZero();

    assertThat(commands.printed())
        .contains("status:        failed", "failed because: ", "no such order", "40 ms");
    assertThat(commands.run("sessions", "show", "none/such")).isEqualTo(2);
    assertThat(commands.complained()).contains("404").contains("none/such");
  }

  @Test
  void trace_shown() {
    assertThat(commands.run("traces", "show", "%032x".formatted(3))).isZero();

    assertThat(commands.lines()).hasSize(2);
    assertThat(commands.lines().get(1)).startsWith("db").contains("5 ms", "ok");
  }

  @Test
  void price_found() {
    assertThat(commands.run("prices", "lookup", "gpt-4o-mini-2024-07-18")).isZero();
    assertThat(commands.printed()).contains("gpt-4o-mini");

    assertThat(commands.run("prices", "lookup", "my-own-model")).isZero();
    assertThat(commands.printed()).contains("no price");
  }

  private static Map<String, Object> agent(String name) {
    return Map.of(GenAi.OPERATION_TYPE, "agent", GenAi.AGENT_NAME, name);
  }
}
