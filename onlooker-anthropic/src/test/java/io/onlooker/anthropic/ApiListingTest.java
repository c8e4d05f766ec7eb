package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What this module promises stands in {@code api.txt}. {@code ./mvnw test -pl onlooker-anthropic
 * -Dtest=ApiListingTest -Dapi=write} writes the file anew.
 */
class ApiListingTest {

  private static final Path LISTING = Path.of("api.txt");

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    String api = list();
    if ("write".equals(System.getProperty("api"))) {
      Files.writeString(LISTING, api);
    }

    assertThat(api).isEqualTo(Files.readString(LISTING));
  }

  private static String list() throws Exception {
    Path classes =
        Path.of(
            OnlookerAnthropic.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types(classes.resolve("io/onlooker/anthropic"))) {
      lines.add("class " + type.getSimpleName());
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
          .map(ApiListingTest::line)
          .sorted()
          .forEach(lines::add);
      lines.add("");
    }
    return String.join("\n", lines);
  }

  private static List<Class<?>> types(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".class", ""))
          .filter(name -> !name.equals("package-info"))
          .sorted()
          .<Class<?>>map(ApiListingTest::load)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(
          "io.onlooker.anthropic." + name, false, ApiListingTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  private static String line(Method method) {
    String word = Modifier.isStatic(method.getModifiers()) ? "static " : "";
    String parameters =
        Arrays.stream(method.getGenericParameterTypes())
            .map(type -> type.getTypeName().replaceAll("[a-z0-9_.]*\\.(?=[A-Z])", ""))
            .collect(Collectors.joining(", "));
    String result = method.getReturnType().getSimpleName();
    return "  " + word + result + " " + method.getName() + "(" + parameters + ")";
  }
}
