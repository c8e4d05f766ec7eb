package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of the newest segments. A segment may have none: its columns hold the same, so that a
 * copy which was not written, is damaged or was deleted only makes its traces slower to read.
 */
final class TraceCopies {

  private static final Logger log = LoggerFactory.getLogger(TraceCopies.class);

  private final DataFolder folder;
  private final long mostBytes;
  private final long leftFree;

  /** By the number of the segment; empty for those that have none. */
  private final Map<Long, Optional<CopyFile>> known = new ConcurrentHashMap<>();

  /**
   * @param mostBytes of all copies together; 0 for none
   * @param leftFree bytes of the disk that copies leave free: what came in first needs room more
   */
  TraceCopies(DataFolder folder, long mostBytes, long leftFree) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.leftFree = leftFree;
  }

  /** What the segment holds of the wanted spans, as in its columns; null when it has no copy. */
  @Nullable List<HotSpan> spans(Segment segment, Wanted wanted) {
    CopyFile copy = of(segment);
    if (copy == null) {
      return null;
    }
    try {
      List<HotSpan> spans = copy.spans(wanted.traces());
      return wanted.ids().isEmpty()
          ? spans
          : spans.stream().filter(span -> wanted.ids().contains(span.spanId())).toList();
    } catch (RuntimeException e) {
      log.warn("{}: damaged, so its columns are read instead", folder.copy(segment.number()), e);
      known.put(segment.number(), Optional.empty());
      return null;
    }
  }

  private @Nullable CopyFile of(Segment segment) {
    Optional<CopyFile> before = known.get(segment.number());
    if (before != null) {
      return before.orElse(null);
    }
    try {
      Optional<CopyFile> found = open(folder.copy(segment.number()), segment.summary().spans());
      known.putIfAbsent(segment.number(), found);
      return found.orElse(null);
    } catch (IOException e) {
      // Not for ever: an interrupted thread cannot open files.
      log.debug("segment {}: its copy could not be opened", segment.number(), e);
      return null;
    }
  }

  private static Optional<CopyFile> open(Path file, long spans) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      CopyFile copy = CopyFile.open(file);
      if (copy.spans() == spans) {
        return Optional.of(copy);
      }
      log.warn("{}: {} spans (expected: {})", file, copy.spans(), spans);
    } catch (RuntimeException e) {
      log.warn("{}: no whole copy, so the columns are read instead", file, e);
    }
    return Optional.empty();
  }

  /** Copies the spans of a segment that does not count yet. */
  void write(Segment segment, List<HotSpan> spans) throws IOException {
    if (mayWrite() && !spans.isEmpty()) {
      KnownNames names = KnownNames.of(spans);
      write(
          segment,
          number -> TraceCopyWriter.write(folder, number, names, all -> all.addAll(spans)));
    }
  }

  /**
   * Copies what a merge took of its inputs, when all of them have copies.
   *
   * @param view and {@code kept}: what the merge took
   * @param output does not count yet
   */
  void merge(View view, Kept kept, List<Segment> inputs, Segment output) throws IOException {
    TraceCopyMerge merge = new TraceCopyMerge(kept);
    List<TraceCopy> parts = new ArrayList<>();
    for (Segment input : inputs) {
      CopyFile copy = of(input);
      if (copy != null) {
        parts.addAll(copy.parts());
        copy.parts().forEach(part -> merge.add(part, view.superseded(input)));
      } else if (input.summary().spans() > 0) {
        return;
      }
    }
    if (mayWrite() && output.summary().spans() > 0) {
      write(output, number -> merge(number, parts, output.summary().spans(), merge));
    }
  }

  /** Where nothing is left out, the bytes are those of before: to write records again is dear. */
  private void merge(long number, List<TraceCopy> parts, long spans, TraceCopyMerge merge)
      throws IOException {
    boolean whole = parts.stream().mapToLong(TraceCopy::spans).sum() == spans;
    if (whole && parts.size() <= CopyFile.MOST_PARTS) {
      CopyFile.join(folder, number, parts);
    } else {
      List<KnownNames> names = parts.stream().map(TraceCopy::names).toList();
      TraceCopyWriter.write(folder, number, KnownNames.merged(names), merge);
    }
  }

  /** Writes the copy of the segment with this number. */
  private interface Writing {
    void write(long number) throws IOException;
  }

  private void write(Segment segment, Writing writing) throws IOException {
    try {
      writing.write(segment.number());
    } catch (IOException | RuntimeException e) {
      delete(segment.number());
      // Whoever is told to stop gives up the segment as well.
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      log.warn("segment {}: no copy was written, so its columns are read", segment.number(), e);
    }
  }

  private boolean mayWrite() {
    return mostBytes > 0 && free() > leftFree;
  }

  /** A file system that cannot tell is taken as having room. */
  private long free() {
    try {
      return Files.getFileStore(folder.segments()).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  /** Deletes the oldest, so that what is left takes no more than it may, and leaves enough free. */
  void trim(View view) {
    long most = Math.min(mostBytes, bytes(view) + free() - leftFree);
    List<Segment> newest = new ArrayList<>(view.segments());
    newest.sort(
        Comparator.comparingLong((Segment segment) -> segment.summary().lastStart())
            .thenComparingLong(Segment::number)
            .reversed());
    long bytes = 0;
    for (Segment segment : newest) {
      bytes += size(folder.copy(segment.number()));
      if (bytes > most) {
        delete(segment.number());
      }
    }
    Set<Long> numbers = newest.stream().map(Segment::number).collect(Collectors.toSet());
    known.keySet().retainAll(numbers);
  }

  private void delete(long segment) {
    known.put(segment, Optional.empty());
    try {
      Files.deleteIfExists(folder.copy(segment));
      Files.deleteIfExists(folder.temporary().resolve(folder.copy(segment).getFileName()));
    } catch (IOException e) {
      log.warn("{}: could not be deleted", folder.copy(segment), e);
    }
  }

  /** What those of the view take on disk. */
  long bytes(View view) {
    return view.segments().stream().mapToLong(each -> size(folder.copy(each.number()))).sum();
  }

  /** 0 when it is not there, or not any more. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
