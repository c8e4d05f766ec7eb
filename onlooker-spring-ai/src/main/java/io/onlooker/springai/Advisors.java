package io.onlooker.springai;

import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext;

/** Advisors: memories, retrievals, guards, and what the application adds. */
final class Advisors implements Kind<AdvisorObservationContext> {

  static final Advisors KIND = new Advisors();

  /** Those that Spring AI itself is made of, whose work the spans of models and tools show. */
  private static final Set<String> TECHNICAL =
      Set.of(
          "call",
          "stream",
          "Tool Calling Advisor",
          "SimpleLoggerAdvisor",
          SessionAdvisor.NAME,
          OnlookerAdvisor.NAME);

  private Advisors() {}

  @Override
  public @Nullable SpanOptions start(AdvisorObservationContext context, Recording recording) {
    String name = context.getAdvisorName();
    return TECHNICAL.contains(name) ? null : SpanOptions.processorRun(name).endWhenIdle();
  }

  /** A session ends when its advisor says so. */
  @Override
  public boolean ends(AdvisorObservationContext context) {
    return !context.getAdvisorName().equals(SessionAdvisor.NAME);
  }

  @Override
  public void end(AdvisorObservationContext context, Span span, Recording recording) {}
}
