package io.onlooker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the last spans when a process ends, in processes of their own. */
@Timeout(60)
class ShutdownTest {

  @Test
  void process_endsWithoutClosing() throws Exception {
    assertThat(run("forget")).contains("got work", "closed");
  }

  @Test
  void process_endsWithoutAHook() throws Exception {
    assertThat(run("forget", "no hook")).doesNotContain("closed");
  }

  @Test
  void hooks_goWhenClosed() throws Exception {
    assertThat(run("open many")).contains("hooks 1, 0");
  }

  @Test
  void init_whileTheProcessEnds() throws Exception {
    assertThat(run("open late")).contains("opened late");
  }

  private static String run(String... arguments) throws Exception {
    List<String> java =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName());
    Process process =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  static final class Application {

    private Application() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      switch (arguments[0]) {
        case "forget" -> open(arguments.length == 1).startSpan("work", span -> "done");
        case "open many" -> openMany();
        default ->
            Runtime.getRuntime()
                .addShutdownHook(
                    new Thread(() -> {
                      open(true).close();
                      System.out.println("opened late");
                    }));
      }
    }

    private static Onlooker open(boolean hook) {
      return Onlooker.create(options -> {
        options.variables(name -> null).exporter(new Telling());
        if (!hook) {
          options.shutdownHook(false);
        }
      });
    }

    private static void openMany() throws ReflectiveOperationException {
      Onlooker.create(
          options -> options.variables(name -> null)); // the JDK's logging has a hook too
      int before = hooks();
      Onlooker.create(options -> options.variables(name -> null));
      Onlooker first = open(true);
      int open = hooks() - before;
      first.close();
      for (int i = 0; i < 100; i++) {
        open(true).close();
      }
      System.out.println("hooks " + open + ", " + (hooks() - before));
    }

    private static int hooks() throws ReflectiveOperationException {
      Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      hooks.setAccessible(true);
      return ((Map<?, ?>) hooks.get(null)).size();
    }
  }

  /** Says what it gets. */
  private static final class Telling implements Exporter {

    @Override
    public void exportTracingEvent(TracingEvent event) {
      if (event.kind() == TracingEvent.Kind.SPAN_ENDED) {
        System.out.println("got " + event.span().name());
      }
    }

    @Override
    public boolean flush(Duration timeout) {
      return true;
    }

    @Override
    public boolean shutdown(Duration timeout) {
      System.out.println("closed");
      return true;
    }
  }
}
