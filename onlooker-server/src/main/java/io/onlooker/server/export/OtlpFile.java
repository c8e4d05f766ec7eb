package io.onlooker.server.export;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests in OTLP's JSON, one on each line, as OpenTelemetry's file exporter writes them: each can
 * be posted to {@code /v1/traces} or {@code /v1/logs} as it is.
 */
public final class OtlpFile<T> implements RowFile<T> {

  private static final int ROWS_A_LINE = 500;

  /** What belongs to the sender rather than to one row. */
  private static final List<String> OF_RESOURCE =
      List.of(
          "service.name",
          "service.version",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name");

  private final OutputStream out;
  private final Function<T, Attributes> attributes;
  private final Function<Map<Attributes, List<T>>, byte[]> request;
  private final List<T> line = new ArrayList<>();

  private OtlpFile(
      OutputStream out,
      Function<T, Attributes> attributes,
      Function<Map<Attributes, List<T>>, byte[]> request) {
    this.out = out;
    this.attributes = attributes;
    this.request = request;
  }

  public static OtlpFile<SpanData> ofSpans(OutputStream out) {
    return new OtlpFile<>(out, SpanData::attributes, OtlpJson::traces);
  }

  public static OtlpFile<LogData> ofLogs(OutputStream out) {
    return new OtlpFile<>(out, LogData::attributes, OtlpJson::logs);
  }

  @Override
  public void add(T row) throws IOException {
    line.add(row);
    if (line.size() == ROWS_A_LINE) {
      write();
    }
  }

  private void write() throws IOException {
    Map<Attributes, List<T>> byResource = new LinkedHashMap<>();
    for (T row : line) {
      byResource.computeIfAbsent(resource(row), _ -> new ArrayList<>()).add(row);
    }
    line.clear();
    out.write(request.apply(byResource));
    out.write('\n');
  }

  private Attributes resource(T row) {
    Attributes of = attributes.apply(row);
    Attributes.Builder resource = Attributes.builder();
    OF_RESOURCE.forEach(name -> resource.put(name, of.get(name)));
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
