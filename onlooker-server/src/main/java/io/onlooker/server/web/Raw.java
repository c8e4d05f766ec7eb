package io.onlooker.server.web;

import java.util.List;

/**
 * Spans as they were received.
 *
 * @param download the address of all of it, as a file
 */
record Raw(StepAsk ask, Slice slice, List<RawSpan> spans, String download) {

  /** One span as JSON. */
  record RawSpan(String id, String name, Passage json) {}
}
