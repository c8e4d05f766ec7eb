package io.onlooker.benchmarks;

import io.onlooker.redact.RedactedText;
import io.onlooker.redact.Redactor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much text one core redacts. Each operation takes a text of one million characters, so that
 * operations per second are megabytes per second (millions of characters for the Korean text).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RedactionBenchmark {

  private static final int MILLION = 1_000_000;

  /** What the text is of. */
  @Param({"PROSE", "KOREAN", "JSON", "FINDINGS"})
  public Sort sort = Sort.PROSE;

  private final Redactor redactor = Redactor.create();
  private String text = "";

  @Setup
  public void repeat() {
    String piece = sort.piece;
    text = piece.repeat(MILLION / piece.length() + 1).substring(0, MILLION);
  }

  @Benchmark
  public RedactedText redact() {
    return redactor.redact(text);
  }

  /** Sorts of text. */
  public enum Sort {
    PROSE(
        "The agent looked at the order, asked the warehouse, and wrote that the parcel would come on"
            + " Friday (two days late). Nobody had called before; the customer was kind. "),
    KOREAN("주문하신 상품은 금요일에 도착할 예정입니다. 확인해 보니 창고에서 2개가 먼저 출발했습니다. "),
    JSON(
        "{\"role\":\"assistant\",\"content\":\"Step 3 of 7: the tool returned 12 rows in 87.5 ms.\","
            + "\"usage\":{\"input_tokens\":1532,\"output_tokens\":204},"
            + "\"at\":\"2024-05-17T09:12:44.120Z\"}\n"),
    FINDINGS(
        "Write to mira.oberfeld@mail.example or call +49 30 23125988 before noon, please. The card"
            + " 4012 8848 4545 9226 was charged from 203.0.113.237 and nothing else happened. ");

    private final String piece;

    Sort(String piece) {
      this.piece = piece;
    }
  }
}
