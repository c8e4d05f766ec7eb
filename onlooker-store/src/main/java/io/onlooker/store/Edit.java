package io.onlooker.store;

import io.onlooker.SpanData;
import java.util.List;

/**
 * A change of spans that were read from the store since this began. What somebody else appends
 * meanwhile is newer than what was read, and is never overwritten by it. For one thread.
 */
public interface Edit extends AutoCloseable {

  /**
   * Keeps these revisions as {@link Store#append} does, but for those of spans that anybody else
   * appended since this began.
   *
   * @return the ones that were not kept, to be read and changed once more
   * @throws StoreException when they could not be kept
   */
  List<SpanData> append(List<SpanData> revisions);

  @Override
  void close();
}
