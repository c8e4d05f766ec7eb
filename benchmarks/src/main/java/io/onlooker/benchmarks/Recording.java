package io.onlooker.benchmarks;

import io.onlooker.Onlooker;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How much of a model client's calls is recorded, and by what: an exporter that sends nothing. */
@State(Scope.Benchmark)
public class Recording {

  @Param({"bare", "instrumented", "with content"})
  public String client = "bare";

  private Onlooker onlooker = Onlooker.current();

  @Setup
  public void open() {
    onlooker = Onlooker.create(options -> options.exporter(new Peers.Nothing()));
  }

  /** Says whether the queue was ever full: what is dropped costs less than what is recorded. */
  @TearDown
  public void close() {
    System.out.println("onlooker: " + onlooker.metrics());
    onlooker.close();
  }

  Onlooker onlooker() {
    return onlooker;
  }

  boolean bare() {
    return client.equals("bare");
  }

  boolean content() {
    return client.equals("with content");
  }
}
