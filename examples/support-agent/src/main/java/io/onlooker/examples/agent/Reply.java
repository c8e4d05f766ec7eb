package io.onlooker.examples.agent;

import java.util.List;

/**
 * What an agent answers.
 *
 * @param responseId of the model
 */
record Reply(
    String message,
    String responseId,
    int totalTokens,
    List<String> toolsUsed,
    String resolutionStatus) {

  /** What the model of one's own costs. */
  private static final double USD_PER_TOKEN = 0.000_002;

  static Reply of(Completion answer) {
    return new Reply(answer.text(), answer.id(), answer.tokens(), List.of(), "answered");
  }

  /** This answer came after a tool had been asked for. */
  Reply after(Completion first, String tool, String status) {
    return new Reply(message, first.id(), totalTokens + first.tokens(), List.of(tool), status);
  }

  double costUsd() {
    return totalTokens * USD_PER_TOKEN;
  }
}
