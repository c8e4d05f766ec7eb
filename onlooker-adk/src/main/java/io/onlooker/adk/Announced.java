package io.onlooker.adk;

import com.google.genai.types.Content;
import io.onlooker.Onlooker;
import io.onlooker.session.StreamRecorder;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run that an instrumented runner has begun and ADK has not told of yet. It is known again by its
 * message, of which every run gets a copy of its own: no thread is asked.
 */
final class Announced {

  private static final Map<Content, Announced> WAITING =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Object plugin;
  private final Run run;
  private final Content message;
  private volatile @Nullable Invocation invocation;

  private Announced(Object plugin, Run run, Content message) {
    this.plugin = plugin;
    this.run = run;
    this.message = message;
  }

  /** Announces a run of this message. */
  static Announced of(Object plugin, Onlooker onlooker, StreamRecorder stream, Content message) {
    Announced announced = new Announced(plugin, Run.of(onlooker, stream), message);
    WAITING.put(message, announced);
    return announced;
  }

  /** The run of this very message; null when no instrumented runner has begun it. */
  static @Nullable Announced of(Content message) {
    return WAITING.get(message);
  }

  Run run() {
    return run;
  }

  boolean isFor(Object asking) {
    return plugin.equals(asking);
  }

  /** ADK has told of it. */
  void begun(Invocation here) {
    invocation = here;
    WAITING.remove(message);
  }

  /** The application's subscriber hears of the end. */
  void ended(Consumer<Invocation> how, Consumer<Ending> otherwise) {
    WAITING.remove(message);
    run.onlooker()
        .guarded(
            "end of a run",
            () -> {
              Invocation here = invocation;
              if (here != null) {
                how.accept(here);
              }
              otherwise.accept(run.ending());
            });
  }
}
