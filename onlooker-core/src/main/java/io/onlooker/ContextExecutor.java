package io.onlooker;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An executor whose tasks run where the thread stood that gave them. */
final class ContextExecutor implements ExecutorService {

  private final Onlooker onlooker;
  private final ExecutorService executor;

  ContextExecutor(Onlooker onlooker, ExecutorService executor) {
    this.onlooker = onlooker;
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(onlooker.wrap(task));
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return executor.submit(onlooker.wrap(task));
  }

  @Override
  public <T> Future<T> submit(Runnable task, T result) {
    return executor.submit(onlooker.wrap(task), result);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return executor.submit(onlooker.wrap(task));
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return executor.invokeAll(wrapped(tasks));
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return executor.invokeAll(wrapped(tasks), timeout, unit);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return executor.invokeAny(wrapped(tasks));
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return executor.invokeAny(wrapped(tasks), timeout, unit);
  }

  private <T> List<Callable<T>> wrapped(Collection<? extends Callable<T>> tasks) {
    return tasks.stream().<Callable<T>>map(onlooker::wrap).toList();
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }
}
