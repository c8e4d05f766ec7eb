package io.onlooker.openai;

import static java.util.Objects.requireNonNull;

import com.openai.core.ClientOptions;
import io.onlooker.instrument.ModelCall;
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
   */
  record Counted(Object service, RetryCounter counter) {}

  Server server(Settings all) {
    return Server.of(options().baseUrl(), all.provider());
  }

  /** A service for one call; the target itself, uncounted, when it does not want to be copied. */
  Counted take(ModelCall call) {
    Counted spared = spare.poll();
    Counted counted = spared == null ? make() : spared;
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

  private Counted make() {
    RetryCounter counter = new RetryCounter(options().sleeper());
    try {
      return new Counted(withOptions(builder -> builder.sleeper(counter)), counter);
    } catch (RuntimeException e) {
      return new Counted(target, counter);
    }
  }

  /** The target's options, seen the one way that openai-java shows them. */
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

  /** {@code withOptions} is what all of openai-java's services have, but no interface says so. */
  private Object withOptions(Consumer<ClientOptions.Builder> change) {
    try {
      Method method = type.getMethod("withOptions", Consumer.class);
      return requireNonNull(method.invoke(target, change));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + ".withOptions: " + e, e);
    }
  }
}
