package io.onlooker.anthropic;

import com.anthropic.core.Sleeper;
import io.onlooker.instrument.ModelCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits as the client's own sleeper does, and notes that a call is about to be tried again. */
final class RetryCounter implements Sleeper {

  private final Sleeper sleeper;
  private volatile @Nullable ModelCall call;

  RetryCounter(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  void count(ModelCall of) {
    call = of;
  }

  void forget() {
    call = null;
  }

  @Override
  public void sleep(Duration duration) {
    resent();
    sleeper.sleep(duration);
  }

  @Override
  public CompletableFuture<Void> sleepAsync(Duration duration) {
    resent();
    return sleeper.sleepAsync(duration);
  }

  /** The client whose sleeper it is closes it. */
  @Override
  public void close() {}

  private void resent() {
    ModelCall now = call;
    if (now != null) {
      now.resent();
    }
  }
}
