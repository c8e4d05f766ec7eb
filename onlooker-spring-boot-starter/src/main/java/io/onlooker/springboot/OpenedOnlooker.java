package io.onlooker.springboot;

import io.onlooker.Exporter;
import io.onlooker.Onlooker;
import io.onlooker.OnlookerOptions;
import java.util.List;
import java.util.function.Consumer;

/**
 * The Onlooker of an application that has none as a bean.
 *
 * @param ours whether it was opened here, so that it is closed here too
 */
record OpenedOnlooker(Onlooker onlooker, boolean ours) implements AutoCloseable {

  /**
   * Opens it and makes it current; where nothing says where to send, one that the application made
   * current itself stays.
   *
   * @throws InvalidPropertyException for a property that cannot be
   */
  static OpenedOnlooker open(
      OnlookerProperties properties, List<Exporter> exporters, Consumer<OnlookerOptions> beans) {
    Onlooker current = Onlooker.current();
    boolean told = properties.toldWhere() || !exporters.isEmpty();
    if (!properties.enabled() || (!told && current.enabled())) {
      return new OpenedOnlooker(current, false);
    }
    try {
      Onlooker opened =
          Onlooker.init(options -> {
            options.shutdownHook(false); // Spring closes it, behind the beans that record
            properties.applyTo(options);
            exporters.forEach(options::exporter);
            beans.accept(options);
          });
      return new OpenedOnlooker(opened, true);
    } catch (IllegalArgumentException e) {
      throw InvalidPropertyException.of(e);
    }
  }

  @Override
  public void close() {
    if (ours) {
      onlooker.close();
    }
  }
}
