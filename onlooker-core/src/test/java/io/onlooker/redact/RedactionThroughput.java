package io.onlooker.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how many megabytes of text one core redacts per second. Run by hand: {@code java -cp
 * onlooker/target/classes:onlooker/target/test-classes io.onlooker.redact.RedactionThroughput}.
 */
final class RedactionThroughput {

  private static final int ROUNDS = 12;
  private static final long ROUND_NANOS = 400_000_000;
  private static final int PIECE = 4000;

  private RedactionThroughput() {}

  public static void main(String[] args) {
    Map<String, List<String>> corpora =
        Map.of(
            "clean: prose", List.of(prose()),
            "clean: a model's answer in JSON", List.of(json()),
            "clean: every harmless case, one text each", texts(CaseFiles.harmless()),
            "clean: harmless cases joined", joined(CaseFiles.harmless()),
            "findings: a finding per sentence", List.of(sentences()),
            "findings: every case, one text each", texts(CaseFiles.findings()),
            "findings: short cases joined", joined(CaseFiles.findings()));
    new TreeMap<>(corpora).forEach(RedactionThroughput::report);
  }

  private static void report(String name, List<String> texts) {
    Redactor redactor = Redactor.create();
    long bytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
    double best = 0;
    long sink = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = cpuNanos();
      long passes = 0;
      while (cpuNanos() - begun < ROUND_NANOS) {
        for (String text : texts) {
          sink += redactor.redact(text).findings().size();
        }
        passes++;
      }
      double seconds = (cpuNanos() - begun) / 1e9;
      best = Math.max(best, passes * bytes / seconds / 1e6);
    }
    System.out.printf(Locale.ROOT, "%-45s %7.0f MB/s (%d)%n", name, best, sink % 10);
  }

  /** Time on a processor: other programs on the machine do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String prose() {
    return ("The agent looked at the order, asked the warehouse, and wrote that the parcel would come"
            + " on Friday (two days late). Nobody had called before; the customer was kind. ")
        .repeat(100);
  }

  private static String json() {
    return ("{\"role\":\"assistant\",\"content\":\"Step 3 of 7: the tool returned 12 rows in 87.5 ms.\","
            + "\"usage\":{\"input_tokens\":1532,\"output_tokens\":204},\"at\":\"2024-05-17T09:12:44.120Z\"}\n")
        .repeat(100);
  }

  private static String sentences() {
    return ("Write to mira.oberfeld@mail.example or call +49 30 23125988 before noon, please. The card"
            + " 4012 8848 4545 9226 was charged from 203.0.113.237 and nothing else happened today. ")
        .repeat(100);
  }

  private static List<String> texts(List<CaseFiles.Case> cases) {
    return cases.stream().map(CaseFiles.Case::text).toList();
  }

  private static List<String> joined(List<CaseFiles.Case> cases) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String text : texts(cases)) {
      if (text.length() < PIECE) {
        piece.append(text).append('\n');
      }
      if (piece.length() > PIECE) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    return pieces;
  }
}
