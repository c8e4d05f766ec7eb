package io.onlooker.anthropic;

import static java.util.Objects.requireNonNull;

import com.anthropic.core.ClientOptions;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.ServerAddress;
import java.lang.reflect.Method;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The target and its likes, each with a {@link RetryCounter} of its own: a call uses one alone, so
 * that what waits before another attempt is known to be this call, on whatever thread. They are
 * reused; as many are made as there are calls at the same time.
 */
final class CountedServices {

  /** More calls at the same time than this make services of their own. */
  private static final int KEPT = 64;

  private final Class<?> type;
  private final Object target;
  private final Queue<Counted> spare = new ConcurrentLinkedQueue<>();
  private volatile @Nullable ClientOptions options;

  /**
   * @param type the interface of a service
   */
  CountedServices(Class<?> type, Object target) {
    this.type = type;
    this.target = target;
  }

  /**
   * @param service what to call
   * @param builtInSpans whether it makes spans of its own, when the client does
   */
  record Counted(Object service, RetryCounter counter, boolean builtInSpans) {}

  /** The beginning of a call's span. */
  SpanOptions call(@Nullable String model, @Nullable String provider) {
    ClientOptions all = options();
    String name = provider == null ? all.openTelemetryProviderName() : provider;
    return ServerAddress.of(all.baseUrl()).call("chat", model, name);
  }

  /** A service for one call; the target itself, uncounted, when it does not want to be copied. */
  Counted take(ModelCall call, Settings settings) {
    Counted spared = spare.poll();
    boolean fits = spared != null && spared.builtInSpans() == settings.keepsBuiltInSpans();
    Counted counted = fits ? requireNonNull(spared) : make(settings.keepsBuiltInSpans());
    counted.counter().count(call);
    return counted;
  }

  /** Takes back what no call uses any more. */
  void giveBack(Counted counted) {
    counted.counter().forget();
    if (spare.size() < KEPT) {
      spare.add(counted);
    }
  }

  /** A service whose calls are seen where they are sent; the target when it cannot be had. */
  Object sendingNoted(Settings settings) {
    Onlooker onlooker = settings.onlooker();
    boolean kept = !onlooker.enabled() || settings.with(onlooker).keepsBuiltInSpans();
    try {
      return withOptions(builder -> {
        builder.addInterceptor(client -> new HttpCalls(client, this, settings));
        if (!kept && traced(options())) {
          leaveOutSpans(builder);
        }
      });
    } catch (RuntimeException | LinkageError e) {
      return target;
    }
  }

  /** How often a call is tried again. */
  int maxRetries() {
    return options().maxRetries();
  }

  private Counted make(boolean builtInSpans) {
    RetryCounter counter = new RetryCounter(options().sleeper());
    try {
      Object service =
          withOptions(builder -> {
            builder.sleeper(counter);
            if (!builtInSpans && traced(options())) {
              leaveOutSpans(builder);
            }
          });
      return new Counted(service, counter, builtInSpans);
    } catch (RuntimeException e) {
      return new Counted(target, counter, builtInSpans);
    }
  }

  private static boolean traced(ClientOptions options) {
    return options.openTelemetry().traces().enabled();
  }

  private void leaveOutSpans(ClientOptions.Builder builder) {
    builder.openTelemetry(options().openTelemetry().toBuilder().traces(false).build());
  }

  /** The target's options, seen the one way that anthropic-java's services show them. */
  private ClientOptions options() {
    ClientOptions known = options;
    if (known == null) {
      AtomicReference<@Nullable ClientOptions> seen = new AtomicReference<>();
      withOptions(builder -> seen.set(builder.build()));
      known = requireNonNull(seen.get());
      options = known;
    }
    return known;
  }

  /** {@code withOptions} is what all the services have, but no interface says so. */
  private Object withOptions(Consumer<ClientOptions.Builder> change) {
    try {
      Method method = type.getMethod("withOptions", Consumer.class);
      return requireNonNull(method.invoke(target, change));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + ".withOptions: " + e, e);
    }
  }
}
