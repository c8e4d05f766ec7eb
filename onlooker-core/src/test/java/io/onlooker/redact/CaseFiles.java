package io.onlooker.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts under {@code src/test/resources/pii}, one JSON object per line. */
final class CaseFiles {

  /** A text, what must leave of it, and where its findings are. */
  record Case(String id, String text, String expect, List<Finding> findings, String note) {

    @Override
    public String toString() {
      return id + " " + note;
    }
  }

  private CaseFiles() {}

  static List<Case> findings() {
    return read("pii-cases.jsonl");
  }

  static List<Case> harmless() {
    return read("pii-harmless.jsonl");
  }

  private static List<Case> read(String file) {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = requireNonNull(CaseFiles.class.getResourceAsStream("/pii/" + file))) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
        if (!line.isBlank()) {
          cases.add(of((Map<?, ?>) requireNonNull(JsonReader.read(line))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static Case of(Map<?, ?> line) {
    String text = string(line, "text");
    List<Finding> findings = new ArrayList<>();
    if (line.get("findings") instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> finding = (Map<?, ?>) each;
        findings.add(
            new Finding(
                string(finding, "kind"), integer(finding, "start"), integer(finding, "end")));
      }
    }
    String expect = line.get("expect") == null ? text : string(line, "expect");
    return new Case(string(line, "id"), text, expect, findings, string(line, "note"));
  }

  private static String string(Map<?, ?> object, String key) {
    return (String) requireNonNull(object.get(key));
  }

  private static int integer(Map<?, ?> object, String key) {
    return ((Double) requireNonNull(object.get(key))).intValue();
  }
}
