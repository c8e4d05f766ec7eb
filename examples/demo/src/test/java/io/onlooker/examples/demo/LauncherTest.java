package io.onlooker.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.onlooker.examples.testing.OnlookerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, where something is missing: a sentence, and a way out. */
@Timeout(120)
class LauncherTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @BeforeEach
  void shell() {
    assumeThat(new File("/bin/sh").canExecute()).as("a shell").isTrue();
  }

  @Test
  void jdk_tooOld() throws Exception {
    launcher(text -> text.replace("wanted=25", "wanted=999"));

    Ended ended = run("--version");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said())
        .isEqualTo(
            "onlooker: no JDK 999 found; install one (https://adoptium.net) or set JAVA_HOME to"
                + " it\n");
  }

  @Test
  void build_fails() throws Exception {
    launcher(text -> text);
    mavenThatFails();

    Ended ended = run("serve");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said())
        .contains("onlooker: the build failed (expected: ", "Maven Central can be reached");
    assertThat(folder.resolve(".onlooker-build")).doesNotExist();
  }

  @Test
  void build_ofTheExamplesFails() throws Exception {
    launcher(text -> text);
    mavenThatFails();
    built();

    Ended ended = run("demo", "--help");

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said())
        .contains("onlooker: the examples could not be built (" + folder, "Usage: onlooker demo");
    assertThat(folder.resolve("examples/demo/target/build.log")).content().contains("no network");
  }

  @Test
  void server_isLearntOnce() throws Exception {
    launcher(text -> text);
    Path learnt = built().resolve("onlooker-server.aot");
    String data = folder.resolve("data").toString();
    String[] check = {"serve", "--check", "--port", "0", "--otlp-ports", "off", "--data", data};

    assertThat(run(check).code()).isZero();
    assertThat(learnt).isNotEmptyFile();
    FileTime first = Files.getLastModifiedTime(learnt);
    assertThat(run(check).code()).isZero();

    assertThat(Files.getLastModifiedTime(learnt)).isEqualTo(first);
  }

  /** The server that was built before this, in a folder that the launcher takes for its own. */
  private Path built() throws IOException {
    OnlookerProcess.assumeBuilt();
    Path target = Files.createDirectories(folder.resolve("onlooker-server/target"));
    for (String part : List.of("onlooker-server.jar", "lib")) {
      Files.createSymbolicLink(
          target.resolve(part), ROOT.resolve("onlooker-server/target").resolve(part));
    }
    return target;
  }

  private interface Change {
    String to(String text);
  }

  private void launcher(Change change) throws IOException {
    Path launcher = folder.resolve("onlooker");
    Files.writeString(launcher, change.to(Files.readString(ROOT.resolve("onlooker"))));
  }

  private void mavenThatFails() throws IOException {
    Path maven = folder.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh\necho no network >&2\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", folder.resolve("onlooker").toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private record Ended(int code, String said) {}
}
