package io.onlooker.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the folder of a store without changing anything in it, also while a server uses it, and
 * also when it is too old or too damaged to be opened.
 */
public final class Checkup {

  private final Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private Checkup(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** What there is to say about the folder. */
  public static List<Finding> of(Path folder) {
    Checkup checkup = new Checkup(folder);
    if (Files.isDirectory(folder)) {
      checkup.look();
    } else {
      checkup.findings.add(
          Finding.warning(
              "store",
              checkup.folder + " is not there yet",
              "nothing, if the server never ran; else name its data folder with --data"));
    }
    return List.copyOf(checkup.findings);
  }

  private void look() {
    boolean inUse = inUse();
    findings.add(
        Finding.ok("lock", inUse ? "a server uses the store now" : "no server uses the store now"));
    CatalogCheck catalog = new CatalogCheck(folder);
    findings.addAll(catalog.look());
    journal(catalog.sealedJournal(), inUse);
  }

  /** Takes the lock for a moment, as only a store may hold it. */
  private boolean inUse() {
    Path lock = folder.resolve("lock");
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      FileLock held = channel.tryLock();
      return held == null;
    } catch (OverlappingFileLockException | IOException e) {
      return true;
    }
  }

  private void journal(long sealed, boolean inUse) {
    long records = 0;
    long bytes = 0;
    try {
      List<Path> files = Disk.list(folder.resolve("journal"), ".journal");
      for (Path file : files) {
        if (Journal.number(file) <= sealed) {
          continue;
        }
        JournalScan scan = JournalScan.look(file);
        records += scan.records();
        bytes += Files.size(file);
        judge(file, scan, inUse && file.equals(files.getLast()));
      }
      findings.add(
          Finding.ok("log", records + " batches in " + bytes + " bytes wait to become segments"));
    } catch (IOException | NumberFormatException e) {
      findings.add(
          Finding.fault(
              "log",
              "the write-ahead log cannot be read: " + e.getMessage(),
              "give the server's user the right to read and write " + folder.resolve("journal")));
    }
  }

  private void judge(Path file, JournalScan scan, boolean beingWritten) {
    long inside = scan.damagedBytes() - scan.tailBytes();
    if (inside > 0) {
      findings.add(
          Finding.fault(
              "log",
              file + " has " + inside + " damaged bytes between whole batches",
              "check the disk; the next start passes over them, so what they held is lost: restore"
                  + " the file from a backup first if there is one"));
    }
    if (scan.tailBytes() > 0 && !beingWritten) {
      findings.add(
          Finding.warning(
              "log",
              file + " ends in " + scan.tailBytes() + " bytes of a batch that was never whole",
              "nothing: the next start cuts them, as nobody was told that the batch was kept"));
    }
  }
}
