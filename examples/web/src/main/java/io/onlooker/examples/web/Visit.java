package io.onlooker.examples.web;

/** What somebody does with an example once, as its page would: over when the answer is there. */
@FunctionalInterface
public interface Visit {

  void run() throws InterruptedException;
}
