package io.onlooker.examples.upload;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue in a folder, for any number of processes: a message is a file that moves from {@code
 * waiting} to {@code taken}, atomically, so that only one process gets it.
 */
final class MediaQueue {

  static final String NAME = "media-processing";

  private final Path written;
  private final Path waiting;
  private final Path taken;

  private MediaQueue(Path folder) {
    written = folder.resolve("written");
    waiting = folder.resolve("waiting");
    taken = folder.resolve("taken");
  }

  /** In the folder that the environment's {@code QUEUE} says, a temporary one without. */
  static MediaQueue open() throws IOException {
    String usual = Path.of(System.getProperty("java.io.tmpdir"), NAME).toString();
    MediaQueue queue = new MediaQueue(Path.of(System.getenv().getOrDefault("QUEUE", usual)));
    for (Path folder : List.of(queue.written, queue.waiting, queue.taken)) {
      Files.createDirectories(folder);
    }
    return queue;
  }

  void put(Job job) throws IOException {
    Path file = written.resolve(job.id());
    Files.write(file, JsonMapper.shared().writeValueAsBytes(job));
    Files.move(file, waiting.resolve(job.id()), ATOMIC_MOVE);
  }

  /** Takes a message that nobody else has; null when none waits. */
  @Nullable Job take() throws IOException {
    for (Path file : files(waiting)) {
      Path mine = taken.resolve(file.getFileName());
      try {
        Files.move(file, mine, ATOMIC_MOVE);
        return read(mine);
      } catch (NoSuchFileException e) {
        // Another process was faster.
      }
    }
    return null;
  }

  void done(Job job) throws IOException {
    Files.delete(taken.resolve(job.id()));
  }

  /** Lets wait again what a worker took that is no more. */
  void recover() throws IOException {
    for (Path file : files(taken)) {
      Job job = read(file);
      put(job.retried());
      done(job);
    }
  }

  private static Job read(Path file) throws IOException {
    return JsonMapper.shared().readValue(Files.readAllBytes(file), Job.class);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }
}
