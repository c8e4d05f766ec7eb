package io.onlooker.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Bytes per operation that the caller's thread allocates. JMH's own gc profiler counts every
 * thread, and so the exporting one too.
 */
@State(Scope.Thread)
public class CallerBytes {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long batches;
  private long allocated;
  private long before;

  @Setup(Level.Invocation)
  public void start() {
    before = THREADS.getCurrentThreadAllocatedBytes();
  }

  @TearDown(Level.Invocation)
  public void end() {
    allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
    batches++;
  }

  @TearDown(Level.Trial)
  public void report() {
    long bytes = allocated / Math.max(1, batches * Peers.BATCH);
    System.out.println("caller's thread: " + bytes + " B/op");
  }
}
