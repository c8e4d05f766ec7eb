package io.onlooker.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks ClickHouse's engine what the store was asked: {@code ClickHouseBenchmark LIBCHDB DATA
 * QUESTIONS}. In a process of its own: both engines in one end it.
 */
public final class ClickHouseBenchmark {

  private ClickHouseBenchmark() {}

  public static void main(String[] args) throws IOException {
    Map<String, List<String>> questions = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[2]))) {
      String[] parts = line.split("\t", 2);
      questions.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
    }
    try (ClickHouse engine = new ClickHouse(Path.of(args[0]), Path.of(args[1]))) {
      questions.forEach((name, sql) ->
          System.out.println(Took.line(name, sql.size(), i -> engine.ask(sql.get(i)))));
    }
  }
}
