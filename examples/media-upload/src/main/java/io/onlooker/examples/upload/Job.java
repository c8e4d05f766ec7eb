package io.onlooker.examples.upload;

import java.util.Map;

/**
 * A message of the queue: what is to be done, and the trace it belongs to.
 *
 * @param trace the headers that continue the trace
 * @param enqueuedAt in milliseconds since 1970
 * @param retries how often somebody took it before and did not finish
 */
record Job(
    String id,
    String fileName,
    String fileType,
    long fileSize,
    Map<String, String> trace,
    long enqueuedAt,
    int retries) {

  Job retried() {
    return new Job(id, fileName, fileType, fileSize, trace, enqueuedAt, retries + 1);
  }
}
