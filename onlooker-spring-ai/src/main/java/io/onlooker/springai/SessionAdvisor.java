package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.instrument.Recording;
import io.onlooker.session.AgentRecorder;
import io.onlooker.session.Session;
import io.onlooker.session.StreamRecorder;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** Makes each call of a chat client a session; the first of its advisors. */
final class SessionAdvisor implements CallAdvisor, StreamAdvisor {

  static final String NAME = "onlooker session";

  private static final System.Logger LOG = System.getLogger("io.onlooker");
  private static final Recording ALL = new Recording(true, true);

  private final AgentRecorder recorder;
  private final AtomicBoolean warned = new AtomicBoolean();

  SessionAdvisor(AgentRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Conversion conversion = Conversion.take();
    if (conversion == null) {
      return recorder.<ChatClientResponse, RuntimeException>call(
          Question.of(request), session -> answer(session, request, chain));
    }
    return recorder.<ChatClientResponse, RuntimeException>stream(
        Question.of(request),
        stream -> {
          conversion.holds(stream);
          return answer(stream.session(), request, chain);
        });
  }

  private ChatClientResponse answer(
      Session session, ChatClientRequest request, CallAdvisorChain chain) {
    begin(session, request, Scopes.innermost());
    ChatClientResponse response = chain.nextCall(RecordedTool.within(request));
    session.output(Output.answer(response.chatResponse()));
    return response;
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Flux.deferContextual(view ->
        recorder.<Flux<ChatClientResponse>, RuntimeException>stream(
            Question.of(request), stream -> streamed(stream, request, chain, view)));
  }

  private Flux<ChatClientResponse> streamed(
      StreamRecorder stream,
      ChatClientRequest request,
      StreamAdvisorChain chain,
      ContextView view) {
    Session session = stream.session();
    Node node = begin(session, request, observed(view));
    Flux<ChatClientResponse> answer =
        chain
            .nextStream(RecordedTool.within(request))
            .doOnNext(piece -> piece(stream, piece))
            .doOnComplete(() -> node.stop(stream::complete))
            .doOnError(failure -> node.stop(() -> stream.failed(failure)))
            .doOnCancel(() -> node.stop(() -> stream.cancelled("cancelled by the caller")));
    return new SubscribedWithin<>(
        answer,
        subscribing ->
            session.<Session, RuntimeException>run(() -> {
              subscribing.run();
              return session;
            }));
  }

  private static void piece(StreamRecorder stream, ChatClientResponse piece) {
    stream.chunk(Output.text(piece.chatResponse()));
  }

  private static Observation.@Nullable Context observed(ContextView view) {
    Object observation = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
    return observation instanceof Observation known ? known.getContext() : null;
  }

  private Node begin(
      Session session, ChatClientRequest request, Observation.@Nullable Context observed) {
    Onlooker onlooker = recorder.onlooker();
    Node node = new Node(onlooker, ALL, session.span(), null, session.conversationId());
    onlooker.guarded(
        "start of a session",
        () -> {
          session.span().set(Details.Agent.of(Question.instructions(request)));
          if (observed instanceof AdvisorObservationContext own
              && own.getAdvisorName().equals(NAME)
              && own.containsKey(OnlookerObservationHandler.class)) {
            node.keepIn(own);
          } else {
            warn(onlooker);
          }
        });
    return node;
  }

  private void warn(Onlooker onlooker) {
    if (onlooker.enabled() && warned.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "agent {0}: its calls are recorded, its models and tools are not (expected: an"
              + " ObservationRegistry with an {1}, given to chat client and model)",
          recorder.agentName(),
          OnlookerObservationHandler.class.getSimpleName());
    }
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
