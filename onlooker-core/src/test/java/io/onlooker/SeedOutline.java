package io.onlooker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headings, tables and code samples of a seed in their order. Some seeds are Markdown, others
 * the bare text of a page: there a short line between empty ones is a heading, and a table's head
 * is a line whose words run into each other.
 */
final class SeedOutline {

  private static final Pattern HEADING =
      Pattern.compile("#{1,6} (.+)|- \\[(.+?)]\\(.*|\\*\\*(.+)\\*\\*");
  private static final Pattern SHORT = Pattern.compile("[\\p{L}][^.:;`]{2,58}");
  private static final Pattern GLUED = Pattern.compile("[A-Za-z ]*[a-z][A-Z][a-z]{3,}[A-Za-z ]*");
  private static final Pattern CODE =
      Pattern.compile("(import .+ from |const |npm install |await |try \\{).*");
  private static final Pattern WITHIN_CODE = Pattern.compile("//.*|.*[;{}),(]");

  /** What there is at one place of a seed. */
  record Part(String kind, String text) {}

  private final List<String> lines;
  private final List<Part> parts = new ArrayList<>();

  private SeedOutline(String seed) {
    lines = seed.lines().toList();
  }

  static List<Part> of(String seed) {
    SeedOutline outline = new SeedOutline(seed);
    outline.read();
    return outline.parts;
  }

  private void read() {
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        fenced = !fenced;
        if (fenced) {
          add("code", lines.get(i + 1));
        }
      } else if (!fenced) {
        line(i);
      }
    }
  }

  private void line(int i) {
    String line = line(i, 0).strip();
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      add(
          "heading",
          heading.group(heading.group(1) != null ? 1 : heading.group(2) != null ? 2 : 3));
    } else if (line.startsWith("|") && !line(i, -1).startsWith("|")) {
      add("table", line.split("\\|", -1)[1]);
    } else if (GLUED.matcher(line).matches()) {
      add("table", line);
    } else if (CODE.matcher(line(i, 0)).matches() && !WITHIN_CODE.matcher(above(i)).matches()) {
      add("code", line);
    } else if (SHORT.matcher(line).matches() && line(i, -1).isBlank() && line(i, 1).isBlank()) {
      add("heading", line);
    }
  }

  private void add(String kind, String text) {
    String plain = text.replaceAll("\\[(.+?)]\\(.*\\)", "$1").replace("`", "").strip();
    parts.add(new Part(kind, plain));
  }

  private String line(int i, int offset) {
    int at = i + offset;
    return at < 0 || at >= lines.size() ? "" : lines.get(at);
  }

  /** The last line above that says anything. */
  private String above(int i) {
    int at = i - 1;
    while (at >= 0 && lines.get(at).isBlank()) {
      at--;
    }
    return at < 0 ? "" : lines.get(at).strip();
  }
}
