package io.onlooker.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux tells of a process.
 *
 * @param process its id, or {@code self}
 */
record Watched(String process) {

  /** User and system time; the kernel counts it in hundredths of a second. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  /** Memory that is there, with the pages of mapped files. */
  long residentMegabytes() throws IOException {
    return megabytes("VmRSS");
  }

  /** Of it, what no file holds. */
  long ownMegabytes() throws IOException {
    return megabytes("RssAnon");
  }

  private long megabytes(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", process, "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }
}
