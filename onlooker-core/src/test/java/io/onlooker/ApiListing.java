package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a module promises stands in its {@code api.txt}, so that a change of it shows in review.
 * {@code ./mvnw test -pl MODULE -Dtest=ApiTest -Dapi=write} writes the file anew.
 */
public final class ApiListing {

  private static final Path LISTING = Path.of("api.txt");

  private ApiListing() {}

  /** Fails when the public types of the door's module are not what its {@code api.txt} says. */
  public static void check(Class<?> door) throws IOException, URISyntaxException {
    String api = text(types(door));
    if ("write".equals(System.getProperty("api"))) {
      Files.writeString(LISTING, api);
    }

    assertThat(api).isEqualTo(Files.readString(LISTING));
  }

  /** The types that a user of the door's module can name, by package and name. */
  static List<Class<?>> types(Class<?> door) throws IOException, URISyntaxException {
    Path classes = Path.of(door.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString().replace(File.separatorChar, '.'))
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .<Class<?>>map(file -> load(file.substring(0, file.length() - ".class".length()), door))
          .filter(ApiListing::open)
          .sorted(
              Comparator.<Class<?>, String>comparing(Class::getPackageName)
                  .thenComparing(ApiListing::name))
          .toList();
    }
  }

  private static String text(List<Class<?>> types) {
    StringBuilder text = new StringBuilder();
    String lastPackage = "";
    for (Class<?> type : types) {
      if (!type.getPackageName().equals(lastPackage)) {
        lastPackage = type.getPackageName();
        text.append("package ").append(lastPackage).append("\n\n");
      }
      text.append(kind(type)).append(' ').append(name(type)).append(above(type)).append('\n');
      members(type).forEach(member -> text.append("  ").append(member).append('\n'));
      text.append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static Class<?> load(String name, Class<?> door) {
    try {
      return Class.forName(name, false, door.getClassLoader());
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
    if (type.isInterface()) {
      return type.isSealed() ? "sealed interface" : "interface";
    }
    return Modifier.isAbstract(type.getModifiers()) ? "abstract class" : "class";
  }

  private static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  /** What it extends and implements, where that is for users to see. */
  private static String above(Class<?> type) {
    Set<Type> above = new LinkedHashSet<>();
    Class<?> parent = type.getSuperclass();
    if (parent != null && !Set.of(Object.class, Record.class, Enum.class).contains(parent)) {
      above.add(type.getGenericSuperclass());
    }
    above.addAll(List.of(type.getGenericInterfaces()));
    return above.isEmpty()
        ? ""
        : above.stream().map(ApiListing::simple).collect(Collectors.joining(", ", " is ", ""));
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (open(field)) {
        members.add(words(field) + simple(field.getGenericType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (open(constructor)) {
        members.add(words(constructor) + "new(" + parameters(constructor) + ")");
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (open(method) && !usual(method)) {
        String result = simple(method.getGenericReturnType());
        members.add(
            words(method) + result + " " + method.getName() + "(" + parameters(method) + ")");
      }
    }
    return members;
  }

  private static boolean open(Member member) {
    int modifiers = member.getModifiers();
    boolean inherited =
        Modifier.isProtected(modifiers)
            && !Modifier.isFinal(member.getDeclaringClass().getModifiers());
    return !member.isSynthetic() && (Modifier.isPublic(modifiers) || inherited);
  }

  private static String words(Member member) {
    String words = Modifier.isProtected(member.getModifiers()) ? "protected " : "";
    boolean method = member instanceof Method;
    return method && Modifier.isStatic(member.getModifiers()) ? words + "static " : words;
  }

  private static boolean usual(Method method) {
    return List.of("equals", "hashCode", "toString", "values", "valueOf")
        .contains(method.getName());
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getGenericParameterTypes())
        .map(ApiListing::simple)
        .collect(Collectors.joining(", "));
  }

  private static String simple(Type type) {
    return type.getTypeName().replaceAll("[a-z0-9_.]*\\.(?=[A-Z])", "").replace('$', '.');
  }
}
