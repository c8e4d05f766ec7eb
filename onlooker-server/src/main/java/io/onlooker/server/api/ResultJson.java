package io.onlooker.server.api;

import io.onlooker.server.http.Response;
import io.onlooker.store.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes figures: columns, rows, and with a step each row's figures over time. */
record ResultJson(JsonOut out, Result result) {

  static Response of(
      Result result,
      boolean withSeries,
      @Nullable Earlier earlier,
      @Nullable Explanation explanation) {
    return JsonOut.object(out -> {
      ResultJson json = new ResultJson(out, result);
      out.objects("columns", result.columns(), json::column).value("rows", json.rows());
      if (withSeries) {
        out.objects("series", result.series(), json::series);
      }
      Result.Other other = result.other();
      if (other != null) {
        out.object("other", other, shown -> json.other(shown, withSeries));
      }
      if (earlier != null) {
        out.value("previous", earlier.before(result)).value("change", earlier.change(result));
      }
      out.value("left_out", leftOut(result, earlier));
      if (explanation != null) {
        out.object("explain", explanation, told -> told.members(out));
      }
    });
  }

  private static List<String> leftOut(Result result, @Nullable Earlier earlier) {
    String more = earlier == null ? null : earlier.leftOut();
    return more == null
        ? result.leftOut()
        : Stream.concat(result.leftOut().stream(), Stream.of(more)).toList();
  }

  private void column(Result.Column column) {
    out.text("name", column.name()).text("type", column.type().name().toLowerCase(Locale.ROOT));
  }

  private void series(Result.Series series) {
    out.value("group", row(series.group())).objects("points", series.points(), this::point);
  }

  private void other(Result.Other other, boolean withSeries) {
    out.number("groups", other.groups()).value("values", other.figures());
    if (withSeries) {
      out.objects("points", other.points(), this::point);
    }
  }

  private void point(Result.Point point) {
    out.text("start", point.start().toString()).value("values", point.values());
  }

  private List<List<@Nullable Object>> rows() {
    return result.rows().stream().map(this::row).toList();
  }

  /** The row, its times as text. */
  private List<@Nullable Object> row(List<@Nullable Object> values) {
    List<@Nullable Object> row = new ArrayList<>(values);
    for (int i = 0; i < row.size(); i++) {
      boolean time = result.columns().get(i).type() == Result.Type.TIME;
      if (time && row.get(i) instanceof Number millis) {
        row.set(i, Instant.ofEpochMilli(millis.longValue()).toString());
      }
    }
    return row;
  }
}
