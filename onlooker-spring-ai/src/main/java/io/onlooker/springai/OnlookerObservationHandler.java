package io.onlooker.springai;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what Spring AI observes; other observations are none of its business. To be registered
 * once with each registry; registered twice it records once.
 *
 * <p>Spans are below each other as the observations say, whatever threads they are told of on, and
 * below the thread's current span where no observation is above. Content is recorded as the
 * Onlooker's {@code sendDefaultPii} says. Safe for many threads; throws nothing.
 */
public final class OnlookerObservationHandler implements ObservationHandler<Observation.Context> {

  private final Supplier<Onlooker> source;

  /** Records with what {@link Onlooker#current} is when something begins. */
  public OnlookerObservationHandler() {
    source = Onlooker::current;
  }

  /** Records with this Onlooker. */
  public OnlookerObservationHandler(Onlooker onlooker) {
    requireNonNull(onlooker, "onlooker");
    source = () -> onlooker;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return Kinds.of(context) != null;
  }

  @Override
  public void onStart(Observation.Context context) {
    source.get().guarded("start of an observation", () -> start(context));
  }

  @Override
  public void onScopeOpened(Observation.Context context) {
    source.get().guarded("scope of an observation", () -> Scopes.open(context));
  }

  @Override
  public void onScopeClosed(Observation.Context context) {
    source.get().guarded("scope of an observation", () -> Scopes.close(context));
  }

  @Override
  public void onStop(Observation.Context context) {
    source.get().guarded("end of an observation", () -> stop(context));
  }

  private void start(Observation.Context context) {
    Kind<Observation.Context> kind = Kinds.of(context);
    if (kind == null || context.containsKey(OnlookerObservationHandler.class)) {
      return;
    }
    context.put(OnlookerObservationHandler.class, this);
    Node told = Node.above(context);
    // Some versions do not tell what a tool or a nested stream is below.
    Node above = told == null ? Scopes.node() : told;
    Onlooker onlooker = above == null ? source.get() : above.onlooker();
    if (!onlooker.enabled()) {
      return;
    }
    Recording recording = above == null ? Recording.of(onlooker, null, null) : above.recording();
    SpanOptions options = kind.start(context, recording);
    if (options == null) {
      return;
    }
    String own = kind.conversation(context);
    String conversation = own == null && above != null ? above.conversation() : own;
    options.attribute(GenAi.CONVERSATION_ID, conversation);
    Span span = onlooker.startInactiveSpan(options.parent(parent(above)));
    Node node = new Node(onlooker, recording, span, above, conversation);
    node.keepIn(context);
    Subscription.began(context, node);
  }

  /** The observation's above; what the thread has begun within that one, if that is nearer. */
  @SuppressWarnings("ReferenceEquality") // a node is one observation
  private static @Nullable Span parent(@Nullable Node above) {
    if (above == null) {
      return null;
    }
    Span current = above.onlooker().currentSpan();
    boolean within = current.recording() && current.traceId().equals(above.span().traceId());
    return within && Scopes.node() == above ? current : above.span();
  }

  private static void stop(Observation.Context context) {
    Kind<Observation.Context> kind = Kinds.of(context);
    Node node = Node.of(context);
    if (kind != null && node != null && kind.ends(context)) {
      node.stop(kind, context);
    }
  }
}
