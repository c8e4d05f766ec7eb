package io.onlooker.springai;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * Sees the pieces of streamed answers, of which observations do not tell: the time to the first one
 * is known with it. Also keeps a model's own client, when that is instrumented too, from recording
 * a stream a second time. Of use only with an {@link OnlookerObservationHandler}; an instrumented
 * agent has it. Changes nothing of the answer.
 */
public final class OnlookerAdvisor implements StreamAdvisor {

  static final String NAME = "onlooker";

  /** An advisor for any number of clients. */
  public OnlookerAdvisor() {}

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Subscription.of(
        () -> chain.nextStream(request), piece -> Output.content(piece.chatResponse()));
  }

  @Override
  public String getName() {
    return NAME;
  }

  /** Next to the model. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }
}
