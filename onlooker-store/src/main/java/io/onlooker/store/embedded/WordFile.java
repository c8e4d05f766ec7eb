package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The different words of a segment's long texts in a file, which tells whether these can match
 * without being read. One that is missing or damaged tells that anything may match.
 */
final class WordFile {

  private static final Logger log = LoggerFactory.getLogger(WordFile.class);

  private static final long MAGIC = 0x4F4C_574F_5244_0001L;

  /** Of the magic and the sum of what follows. */
  private static final int HEADER = 2 * Long.BYTES;

  private final Path file;

  /** What there was when it was looked for. */
  private volatile @Nullable Known known;

  private volatile @Nullable Answer last;

  /** Null when there is no list that can be used. */
  private record Known(@Nullable ByteBuffer list) {}

  /** One question asks the same several times. */
  private record Answer(Filter.Pattern pattern, boolean mayMatch) {}

  WordFile(Path file) {
    this.file = file;
  }

  /** Whether one of the texts may match; false only when none can. */
  boolean mayMatch(Filter.Pattern pattern) {
    Answer before = last;
    if (before != null && before.pattern().equals(pattern)) {
      return before.mayMatch();
    }
    ByteBuffer list = list();
    if (list == null) {
      return true;
    }
    boolean mayMatch =
        !list.hasRemaining()
            || WordPattern.of(pattern).stream().allMatch(part -> contains(list, part));
    last = new Answer(pattern, mayMatch);
    return mayMatch;
  }

  private static boolean contains(ByteBuffer list, byte[] part) {
    byte first = part[0];
    for (int at = 0; at <= list.limit() - part.length; at++) {
      if (list.get(at) == first && isAt(list, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(ByteBuffer list, int at, byte[] part) {
    for (int i = 1; i < part.length; i++) {
      if (list.get(at + i) != part[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is a list, be it that of too many words. */
  boolean isThere() {
    return list() != null;
  }

  /** A copy of the list as {@link Words} has it; null when there is none. */
  byte @Nullable [] copy() {
    ByteBuffer list = list();
    if (list == null) {
      return null;
    }
    byte[] copy = new byte[list.limit()];
    list.get(0, copy);
    return copy;
  }

  private @Nullable ByteBuffer list() {
    Known before = known;
    if (before != null) {
      return before.list();
    }
    try {
      ByteBuffer found = Files.exists(file) ? open(file) : null;
      known = new Known(found);
      return found;
    } catch (DamagedException e) {
      log.warn("{}, so that texts are searched themselves", e.getMessage());
      known = new Known(null);
    } catch (IOException e) {
      // Not for ever: an interrupted thread cannot open files.
      log.debug("{}: could not be opened", file, e);
    }
    return null;
  }

  /** Says what is wrong with a file. */
  static final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }

  /** Maps a file; the system reads and forgets its pages as needed. */
  static ByteBuffer open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (bytes.limit() < HEADER || bytes.getLong(0) != MAGIC) {
        throw new DamagedException(file + ": no list of words");
      }
      ByteBuffer list = bytes.slice(HEADER, bytes.limit() - HEADER);
      if (bytes.getLong(Long.BYTES) != sum(list.duplicate())) {
        throw new DamagedException(file + ": damaged list of words");
      }
      return list;
    }
  }

  private static long sum(ByteBuffer list) {
    CRC32C sum = new CRC32C();
    sum.update(list);
    return sum.getValue();
  }

  /** Writes the file, which is there only when it is whole and durable. */
  void write(DataFolder folder, Words words) throws IOException {
    byte[] list = words.list();
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + list.length);
    bytes.putLong(MAGIC).putLong(sum(ByteBuffer.wrap(list))).put(list);
    Path unfinished = folder.temporary().resolve(file.getFileName());
    Files.write(unfinished, bytes.array());
    Disk.forceFile(unfinished);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    last = null;
    known = null;
  }
}
