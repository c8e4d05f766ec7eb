package io.onlooker.examples.demo;

import io.onlooker.Onlooker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs the examples with somebody who uses each of them, until its input ends: whoever started it
 * is gone then. {@code SENTRY_DSN} says where the spans go.
 */
public final class Demo {

  private final List<Program> programs = new CopyOnWriteArrayList<>();

  private Demo() {}

  public static void main(String[] arguments) throws IOException {
    Demo demo = new Demo();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Program.end(demo.programs), "end"));
    demo.start(Onlooker.init());
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  /** All are started before the first is waited for. */
  private void start(Onlooker browser) throws IOException {
    List<Example> examples = Example.all();
    for (Example example : examples) {
      programs.add(Program.start(example.backend()));
    }
    for (Example example : examples) {
      for (Class<?> worker : example.workers()) {
        programs.add(Program.start(worker));
      }
    }
    System.out.println("The examples run, with somebody who uses them; their pages:");
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      URI address = programs.get(i).address();
      System.out.printf("  %-14s %s%n", example.name(), address);
      Crowd.gather(example.name(), example.visits().of(browser, address));
    }
  }
}
