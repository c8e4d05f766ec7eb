package io.onlooker.examples.demo;

import io.onlooker.examples.web.Visit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Who uses an example all the time: each thing once, and from then on one or the other. */
final class Crowd implements Runnable {

  private static final int SHORTEST_PAUSE_MS = 1_000;
  private static final int LONGEST_PAUSE_MS = 5_000;

  private final List<Visit> visits;
  private final Random chance = new Random();

  private Crowd(List<Visit> visits) {
    this.visits = visits;
  }

  /** Does not keep the process from ending. */
  static void gather(String name, List<Visit> visits) {
    Thread thread = new Thread(new Crowd(visits), name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      for (Visit visit : visits) {
        visit.run();
      }
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(chance.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
        visits.get(chance.nextInt(visits.size())).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
