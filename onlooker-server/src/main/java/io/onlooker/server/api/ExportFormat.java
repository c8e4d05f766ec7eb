package io.onlooker.server.api;

import io.onlooker.server.export.Column;
import io.onlooker.server.export.CsvFile;
import io.onlooker.server.export.LinesFile;
import io.onlooker.server.export.ParquetFile;
import io.onlooker.server.export.RowFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How an export is written. */
enum ExportFormat {
  NDJSON("application/x-ndjson", "ndjson"),
  CSV("text/csv; charset=utf-8", "csv"),
  PARQUET("application/vnd.apache.parquet", "parquet"),
  /** Of spans and log lines only. */
  OTLP("application/x-ndjson", "otlp.ndjson");

  private final String contentType;
  private final String suffix;

  ExportFormat(String contentType, String suffix) {
    this.contentType = contentType;
    this.suffix = suffix;
  }

  String contentType() {
    return contentType;
  }

  String suffix() {
    return suffix;
  }

  /** A file of rows, each given as a JSON object. */
  RowFile<byte[]> table(OutputStream out, List<Column> columns) throws IOException {
    return switch (this) {
      case NDJSON -> new LinesFile(out);
      case CSV -> new CsvFile(out, columns);
      case PARQUET -> new ParquetFile(out, columns);
      case OTLP -> throw new IllegalArgumentException("format: OTLP (expected: one of tables)");
    };
  }
}
