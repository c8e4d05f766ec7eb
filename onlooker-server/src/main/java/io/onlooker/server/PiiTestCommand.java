package io.onlooker.server;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.onlooker.redact.RedactionProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows what an application would send of a text. */
@Command(
    name = "test",
    description =
        "Reads a text from standard input; shows it before and after, and what was found.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class PiiTestCommand implements Callable<Integer> {

  /** As much as one value of a span may be worth reading. */
  private static final int MOST_BYTES = 64 << 20;

  @Spec private CommandSpec spec;

  @Mixin private PiiOptions options;

  @Option(names = "--json", description = "Prints {\"before\":…,\"after\":…,\"counts\":{…}}.")
  private boolean json;

  private final InputStream in;

  PiiTestCommand() {
    this(System.in);
  }

  PiiTestCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    RedactionProcessor redaction = options.processor();
    String before = read();
    LogData text = new LogData(0, null, null, LogData.Level.INFO, before, Attributes.EMPTY);
    String after = redaction.process(text).body();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer =
          Map.of("before", before, "after", after, "counts", redaction.counts());
      out.println(JsonMapper.shared().writeValueAsString(new java.util.TreeMap<>(answer)));
    } else {
      print(out, before, after, redaction.counts());
    }
    return 0;
  }

  private String read() throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "standard input: too long (expected: " + MOST_BYTES + " bytes at most)");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void print(
      PrintWriter out, String before, String after, Map<String, Long> counts) {
    out.println("before:");
    out.println(before.stripTrailing());
    out.println("after:");
    out.println(after.stripTrailing());
    out.println("found:");
    if (counts.isEmpty()) {
      out.println("nothing");
    }
    counts.forEach((kind, count) -> out.println(kind + " " + count));
  }
}
