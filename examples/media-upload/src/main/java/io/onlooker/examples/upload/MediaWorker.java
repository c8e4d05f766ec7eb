package io.onlooker.examples.upload;

import io.onlooker.Onlooker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Works off the queue, in a process of its own. {@code SENTRY_DSN} says where the spans go. */
public final class MediaWorker {

  private MediaWorker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    MediaProcessing processing = new MediaProcessing(Onlooker.init());
    MediaQueue queue = MediaQueue.open();
    queue.recover();
    System.out.println("works off " + MediaQueue.NAME);
    while (!Thread.currentThread().isInterrupted()) {
      Job job = queue.take();
      if (job == null) {
        TimeUnit.MILLISECONDS.sleep(50);
      } else {
        processing.process(job);
        queue.done(job);
      }
    }
  }
}
