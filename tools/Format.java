import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

/**
 * Checks or applies the one format of all Java sources: {@code java tools/Format.java check|apply}.
 */
void main(String[] arguments) throws Exception {
  boolean apply = arguments.length > 0 && arguments[0].equals("apply");
  List<Path> wrong = new ArrayList<>();
  try (Stream<Path> files = Files.walk(Path.of("."))) {
    for (Path file : files.filter(this::isSource).sorted().toList()) {
      String text = Files.readString(file);
      String formatted = format(file, text);
      if (!formatted.equals(text)) {
        wrong.add(file);
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
  }
  if (!wrong.isEmpty() && !apply) {
    IO.println("not formatted (./mvnw process-sources -N -Dformat=apply mends it): " + wrong);
    System.exit(1);
  }
}

boolean isSource(Path file) {
  String path = file.toString();
  return path.endsWith(".java") && !path.contains("/target/") && !path.startsWith("./.");
}

String format(Path file, String text) {
  try {
    String imports = RemoveUnusedImports.removeUnusedImports(text);
    return new Formatter().formatSource(ImportOrderer.reorderImports(imports, Style.GOOGLE));
  } catch (FormatterException e) {
    throw new IllegalStateException(
        file + ": " + e.getMessage() + " (expected: Java 25 source)", e);
  }
}
