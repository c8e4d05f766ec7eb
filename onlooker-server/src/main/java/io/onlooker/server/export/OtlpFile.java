package io.onlooker.server.export;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests for traces in OTLP's JSON, one on each line, as OpenTelemetry's file exporter writes
 * them: each can be posted to {@code /v1/traces} as it is.
 */
public final class OtlpFile implements RowFile<SpanData> {

  private static final int SPANS_A_LINE = 500;

  /** What belongs to the sender rather than to one span. */
  private static final List<String> OF_RESOURCE =
      List.of(
          "service.name",
          "service.version",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name");

  private final OutputStream out;
  private final List<SpanData> line = new ArrayList<>();

  public OtlpFile(OutputStream out) {
    this.out = out;
  }

  @Override
  public void add(SpanData span) throws IOException {
    line.add(span);
    if (line.size() == SPANS_A_LINE) {
      write();
    }
  }

  private void write() throws IOException {
    Map<Attributes, List<SpanData>> byResource = new LinkedHashMap<>();
    for (SpanData span : line) {
      byResource.computeIfAbsent(resource(span), _ -> new ArrayList<>()).add(span);
    }
    line.clear();
    out.write(OtlpJson.traces(byResource));
    out.write('\n');
  }

  private static Attributes resource(SpanData span) {
    Attributes.Builder resource = Attributes.builder();
    OF_RESOURCE.forEach(name -> resource.put(name, span.attributes().get(name)));
    return resource.build();
  }

  @Override
  public void close() throws IOException {
    if (!line.isEmpty()) {
      write();
    }
    out.flush();
  }
}
