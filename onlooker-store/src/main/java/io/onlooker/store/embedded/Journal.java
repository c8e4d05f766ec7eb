package io.onlooker.store.embedded;

import io.onlooker.store.StoreException;
import io.onlooker.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead log: a record is durable before anyone sees it. One thread writes; it takes all
 * records that wait, writes them with one fdatasync, and then runs what was to happen for each, in
 * the order of the file.
 */
final class Journal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final String SUFFIX = ".journal";
  private static final long FILE_BYTES = 64L << 20;
  private static final int GROUP_BYTES = 16 << 20;

  private final Path folder;
  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile JournalFile file;
  private volatile long number;
  private final AtomicLong bytes = new AtomicLong();
  private boolean failing;
  private volatile boolean closed;

  private sealed interface Work {
    CompletableFuture<Void> done();
  }

  private record Write(byte[] bytes, Runnable then, CompletableFuture<Void> done) implements Work {}

  private record Turn(
      Supplier<List<byte[]>> carried, Consumer<Long> then, CompletableFuture<Void> done)
      implements Work {}

  private record Stop(CompletableFuture<Void> done) implements Work {}

  /**
   * Begins a new file behind those that are there, and behind those that were.
   *
   * @param sealed files up to this number are taken for sealed by the next replay, even when none
   *     of them is there any more
   */
  Journal(Path folder, long sealed) throws IOException {
    this.folder = folder;
    List<Path> files = Disk.list(folder, SUFFIX);
    number = Math.max(sealed, files.isEmpty() ? 0 : number(files.getLast())) + 1;
    for (Path path : files) {
      bytes.addAndGet(Files.size(path));
    }
    file = new JournalFile(folder, name(number));
    thread = Thread.ofPlatform().name("onlooker-journal").daemon().unstarted(this::run);
    thread.start();
  }

  /**
   * Hands all records of the files in the folder to the taker, in order.
   *
   * @param sealed files up to this number are not needed any more and are deleted
   * @return bytes that belonged to no whole record
   */
  static long replay(Path folder, long sealed, Consumer<byte[]> taker) throws IOException {
    long damaged = 0;
    for (Path path : Disk.list(folder, SUFFIX)) {
      if (number(path) <= sealed) {
        Files.delete(path);
        continue;
      }
      JournalScan scan = JournalScan.read(path, taker);
      if (scan.damagedBytes() > 0) {
        log.warn("{}: {} damaged bytes passed over", path, scan.damagedBytes());
      }
      damaged += scan.damagedBytes();
      if (scan.records() == 0) {
        Files.delete(path);
      }
    }
    return damaged;
  }

  /**
   * Adds a record and waits until it is durable and what follows has run.
   *
   * @throws StoreException when it could not be written; it is then not in the journal
   */
  void append(byte[] record, Runnable then) {
    await(new Write(record, then, new CompletableFuture<>()));
  }

  /**
   * Begins a new file.
   *
   * @param carried gives the records to stand at its head
   * @param then takes the number of the file before it, when the new one is durable
   */
  void turn(Supplier<List<byte[]>> carried, Consumer<Long> then) {
    await(new Turn(carried, then, new CompletableFuture<>()));
  }

  /** Deletes the files up to this number. */
  void forget(long sealed) throws IOException {
    long left = 0;
    for (Path path : Disk.list(folder, SUFFIX)) {
      if (number(path) <= sealed) {
        Files.delete(path);
      } else {
        // Zeros that were written ahead are no records.
        left += number(path) == number ? file.length() : Files.size(path);
      }
    }
    bytes.set(left);
  }

  /** Size of all its files, without what is only written ahead. */
  long bytes() {
    return bytes.get();
  }

  private void await(Work work) {
    enter(work);
    try {
      work.done().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException known
          ? new StoreException(known.reason(), messageOf(known), known)
          : new StoreException(Reason.BROKEN, "journal: " + e.getCause(), e);
    }
  }

  private synchronized void enter(Work work) {
    if (closed) {
      throw closed();
    }
    closed = work instanceof Stop;
    queue.add(work);
  }

  private static String messageOf(StoreException e) {
    String message = e.getMessage();
    return message == null ? e.reason().toString() : message;
  }

  private static StoreException closed() {
    return new StoreException(Reason.CLOSED, "store: closed (expected: open)", null);
  }

  private void run() {
    List<Write> group = new ArrayList<>();
    boolean running = true;
    while (running) {
      Work work = take();
      int size = 0;
      while (work instanceof Write write) {
        group.add(write);
        size += write.bytes().length;
        work = size < GROUP_BYTES ? queue.poll() : null;
      }
      commit(group);
      group.clear();
      running = !(work instanceof Stop);
      if (work != null) {
        complete(work);
      }
    }
  }

  private Work take() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        log.warn("journal: interrupted, which nothing should do; it goes on");
      }
    }
  }

  private void commit(List<Write> group) {
    if (group.isEmpty()) {
      return;
    }
    StoreException failure = write(group);
    for (Write write : group) {
      if (failure == null) {
        finish(write, write.then());
      } else {
        write.done().completeExceptionally(failure);
      }
    }
  }

  private @Nullable StoreException write(List<Write> group) {
    try {
      if (file.length() > FILE_BYTES) {
        next(List.of());
      }
      long before = file.length();
      file.append(group.stream().map(Write::bytes).toList());
      bytes.addAndGet(file.length() - before);
      if (failing) {
        log.info("journal {}: takes batches again", path(number));
        failing = false;
      }
      return null;
    } catch (IOException e) {
      if (!failing) {
        log.error("journal {}: batches are refused until this ends", path(number), e);
        failing = true;
      }
      return new StoreException(Reason.FULL, "journal: " + e.getMessage(), renewed(e));
    }
  }

  /** After a failed write nobody knows what the system kept, so later records get a new file. */
  private IOException renewed(IOException cause) {
    try {
      next(List.of());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  private void complete(Work work) {
    switch (work) {
      case Turn turn -> finish(turn, () -> turn(turn));
      case Stop stop -> finish(stop, this::closeFile);
      case Write write -> throw new IllegalStateException("write: " + write);
    }
  }

  private void turn(Turn turn) {
    long before = number;
    try {
      next(turn.carried().get());
    } catch (IOException e) {
      throw new StoreException(Reason.FULL, "journal: " + e.getMessage(), e);
    }
    turn.then().accept(before);
  }

  private void next(List<byte[]> head) throws IOException {
    long following = number + 1;
    JournalFile next = new JournalFile(folder, name(following));
    try {
      if (!head.isEmpty()) {
        next.append(head);
      }
    } catch (IOException e) {
      next.close();
      Files.delete(path(following));
      throw e;
    }
    file.close();
    file = next;
    number = following;
    bytes.addAndGet(next.length());
  }

  private static void finish(Work work, Runnable action) {
    try {
      action.run();
      work.done().complete(null);
    } catch (RuntimeException e) {
      work.done().completeExceptionally(e);
    }
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException(Reason.BROKEN, "journal: " + e.getMessage(), e);
    }
  }

  private Path path(long number) {
    return folder.resolve(name(number));
  }

  private static String name(long number) {
    return "%016d%s".formatted(number, SUFFIX);
  }

  static long number(Path path) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Waits for the records that are on their way; later ones are refused. */
  @Override
  public void close() {
    if (!closed) {
      await(new Stop(new CompletableFuture<>()));
    }
  }
}
