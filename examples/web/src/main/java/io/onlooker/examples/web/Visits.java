package io.onlooker.examples.web;

import io.onlooker.Onlooker;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** All that the visitors of an example do, for the backend that is given. */
@FunctionalInterface
public interface Visits {

  List<Visit> of(Onlooker onlooker, URI backend);

  /** Does it all, one after the other, and sends what was recorded. */
  default void run(URI backend) throws InterruptedException {
    try (Onlooker onlooker = Onlooker.init()) {
      for (Visit visit : of(onlooker, backend)) {
        visit.run();
      }
      onlooker.flush(Duration.ofSeconds(10));
    }
  }
}
