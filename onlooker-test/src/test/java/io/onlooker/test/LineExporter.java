package io.onlooker.test;

import io.onlooker.Drop;
import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.SpanSnapshot;
import io.onlooker.TracingEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The smallest exporter that keeps the contract: one request per flush, one line per span. */
final class LineExporter implements Exporter {

  private static final int QUEUE = 100;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI receiver;
  private final ExportMetrics metrics = new ExportMetrics();
  private final List<String> lines = new ArrayList<>();
  private boolean limited;
  private boolean closed;

  LineExporter(URI receiver) {
    this.receiver = receiver;
  }

  @Override
  public ExportMetrics metrics() {
    return metrics;
  }

  @Override
  public synchronized void exportTracingEvent(TracingEvent event) {
    if (event.kind() != TracingEvent.Kind.SPAN_ENDED) {
      return;
    }
    if (closed || limited || lines.size() == QUEUE) {
      Drop reason = closed ? Drop.CLOSED : limited ? Drop.RATE_LIMITED : Drop.QUEUE_FULL;
      metrics.countDropped(reason, 1);
      return;
    }
    SpanSnapshot span = event.span();
    lines.add(span.name() + " " + span.attributes() + " " + span.output());
  }

  @Override
  public boolean flush(Duration timeout) {
    List<String> batch;
    synchronized (this) {
      batch = List.copyOf(lines);
      lines.clear();
    }
    return batch.isEmpty() || send(batch, timeout);
  }

  private boolean send(List<String> batch, Duration timeout) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(receiver)
              .timeout(timeout.toNanos() > 0 ? timeout : Duration.ofMillis(1))
              .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", batch)))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return answered(status, batch.size());
    } catch (IOException e) {
      metrics.countDropped(Drop.UNREACHABLE, batch.size());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized boolean answered(int status, int count) {
    limited = status == 429;
    if (status == 200) {
      metrics.countSent(count);
    } else {
      metrics.countDropped(limited ? Drop.RATE_LIMITED : Drop.REFUSED, count);
    }
    return status == 200;
  }

  @Override
  public boolean shutdown(Duration timeout) {
    boolean sent = flush(timeout);
    synchronized (this) {
      closed = true;
    }
    return sent;
  }
}
