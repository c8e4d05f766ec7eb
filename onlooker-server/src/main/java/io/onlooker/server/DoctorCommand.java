package io.onlooker.server;

import io.onlooker.store.embedded.Finding;
import io.onlooker.store.embedded.Finding.Level;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks a data folder and explains what it finds; 1 when something must be done. */
@Command(
    name = "doctor",
    description = "Checks a data folder and explains what is wrong with it.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      defaultValue = "onlooker-data",
      description = "The server's data folder (${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "8600",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = Doctor.examine(data, port, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(findings));
    } else {
      findings.forEach(finding -> print(out, finding));
      out.println(summary(findings));
    }
    out.flush();
    return count(findings, Level.FAULT) == 0 ? 0 : 1;
  }

  private static void print(PrintWriter out, Finding finding) {
    out.printf("%-8s %-9s %s%n", word(finding.level()), finding.subject(), finding.text());
    if (finding.remedy() != null) {
      out.printf("%18s → %s%n", "", finding.remedy());
    }
  }

  private static String summary(List<Finding> findings) {
    long faults = count(findings, Level.FAULT);
    long warnings = count(findings, Level.WARNING);
    return faults == 0
        ? "Nothing is broken" + (warnings == 0 ? "." : "; warnings: " + warnings + ".")
        : "Faults: " + faults + ", warnings: " + warnings + ".";
  }

  private static ObjectNode json(List<Finding> findings) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("level", word(finding.level()))
          .put("subject", finding.subject())
          .put("text", finding.text())
          .put("remedy", finding.remedy());
    }
    return answer.put("faults", count(findings, Level.FAULT));
  }

  private static long count(List<Finding> findings, Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
