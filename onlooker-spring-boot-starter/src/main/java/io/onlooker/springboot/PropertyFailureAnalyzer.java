package io.onlooker.springboot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong property as Spring Boot shows its own: without a stack trace, with what to do. */
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Correct the property, or take it out.", rootFailure);
  }
}
