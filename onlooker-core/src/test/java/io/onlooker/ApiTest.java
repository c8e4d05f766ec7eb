package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What this package promises stands in {@code api.txt}, so that a change of it shows in review.
 * {@code ./mvnw test -pl onlooker-core -Dtest=ApiTest -Dapi=write} writes the file anew.
 */
class ApiTest {

  private static final Path LISTING = Path.of("api.txt");

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    String api = list();
    if ("write".equals(System.getProperty("api"))) {
      Files.writeString(LISTING, api);
    }

    assertThat(api).isEqualTo(Files.readString(LISTING));
  }

  @Test
  void publicTypes_areFew() throws Exception {
    assertThat(types().stream().filter(type -> type.getEnclosingClass() == null))
        .hasSizeLessThanOrEqualTo(30);
  }

  private static String list() throws Exception {
    StringBuilder text = new StringBuilder();
    for (Class<?> type : types()) {
      text.append(kind(type)).append(' ').append(name(type)).append('\n');
      members(type).forEach(member -> text.append("  ").append(member).append('\n'));
      text.append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static List<Class<?>> types() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Onlooker.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("io/onlooker"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
          .<Class<?>>map(file -> load("io.onlooker." + file.replace(".class", "")))
          .filter(ApiTest::open)
          .sorted(java.util.Comparator.comparing(ApiTest::name))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  private static boolean open(Class<?> type) {
    for (Class<?> t = type; t != null; t = t.getEnclosingClass()) {
      if (!Modifier.isPublic(t.getModifiers()) || t.isAnonymousClass() || t.isSynthetic()) {
        return false;
      }
    }
    return true;
  }

  private static String kind(Class<?> type) {
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isInterface() ? (type.isSealed() ? "sealed interface" : "interface") : "class";
  }

  private static String name(Class<?> type) {
    return type.getName().substring("io.onlooker.".length()).replace('$', '.');
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        members.add(simple(field.getGenericType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())) {
        members.add("new(" + parameters(constructor) + ")");
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !usual(method)) {
        String word = Modifier.isStatic(method.getModifiers()) ? "static " : "";
        String result = simple(method.getGenericReturnType());
        members.add(word + result + " " + method.getName() + "(" + parameters(method) + ")");
      }
    }
    return members;
  }

  private static boolean usual(Method method) {
    return List.of("equals", "hashCode", "toString", "values", "valueOf")
        .contains(method.getName());
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getGenericParameterTypes())
        .map(ApiTest::simple)
        .collect(Collectors.joining(", "));
  }

  private static String simple(Type type) {
    return type.getTypeName().replaceAll("[a-z0-9_.]*\\.(?=[A-Z])", "").replace('$', '.');
  }
}
