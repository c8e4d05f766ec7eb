package io.onlooker.examples.web;

/** What a backend does at one of its routes. */
@FunctionalInterface
public interface Handler {

  /** Answers; what it throws is answered with 500. */
  Answer answer(Request request) throws Exception;
}
