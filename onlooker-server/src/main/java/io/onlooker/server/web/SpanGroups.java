package io.onlooker.server.web;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures by group: a chart of the first one, and a table of all. */
final class SpanGroups {

  private static final int MOST_ROWS = 100;

  private final Searched searched;
  private final Figured figured;
  private final TimeAxis axis;
  private final Result result;
  private final Palette palette;
  private final Figures figures;

  /** The figures of each group in the period before; empty unless they are compared. */
  private final Map<List<@Nullable Object>, List<@Nullable Object>> before;

  private SpanGroups(
      Searched searched,
      Figures figures,
      Figured figured,
      TimeAxis axis,
      Result result,
      Map<List<@Nullable Object>, List<@Nullable Object>> before) {
    this.searched = searched;
    this.figures = figures;
    this.figured = figured;
    this.axis = axis;
    this.result = result;
    this.before = before;
    this.palette = Palette.of(result.rows().stream().map(this::name).toList());
  }

  static SpanGroups read(Frame frame, Searched searched, Figures figures, Figured figured) {
    Ask ask = searched.ask();
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    Result result =
        figures.ask(
            searched.filter(),
            figured.aggregates(),
            figured.by(),
            ask.range(),
            axis.step(),
            sort(ask, figured),
            MOST_ROWS);
    Map<List<@Nullable Object>, List<@Nullable Object>> before = new HashMap<>();
    if (ask.compares()) {
      int width = figured.by().size();
      figures
          .ask(
              searched.filter(),
              figured.aggregates(),
              figured.by(),
              ask.range().before(),
              null,
              MOST_ROWS)
          .rows()
          .forEach(row -> before.put(row.subList(0, width), row.subList(width, row.size())));
    }
    return new SpanGroups(searched, figures, figured, axis, result, before);
  }

  private static List<Query.Sort> sort(Ask ask, Figured figured) {
    String column = ask.sortColumn();
    boolean known =
        figured.aggregates().stream().anyMatch(one -> one.label().equals(column))
            || figured.by().stream().anyMatch(one -> one.label().equals(column));
    return known ? List.of(new Query.Sort(column, ask.descending())) : List.of();
  }

  /** Without groups there is always one row, even of nothing. */
  int rows() {
    boolean nothing =
        figured.by().isEmpty() && result.series().stream().allMatch(one -> one.points().isEmpty());
    return nothing ? 0 : result.rows().size();
  }

  String note() {
    return String.join(" ", result.leftOut());
  }

  @Nullable Chart chart() {
    Aggregate first = figured.aggregates().getFirst();
    boolean bars = figured.viz().equals("bar");
    double missing = Unit.addsUp(first) ? 0 : Double.NaN;
    if (figured.viz().equals("none")) {
      return null;
    }
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < Math.min(Palette.SERIES, result.series().size()); i++) {
      String name = name(result.rows().get(i));
      series.add(Series.of(name, css(i), axis, result.series().get(i), 0, missing));
    }
    if (bars && result.rows().size() > Palette.SERIES && Unit.addsUp(first)) {
      series.add(others(first, series));
    }
    if (searched.ask().compares() && result.rows().size() == 1) {
      series.add(earlier(first, missing));
    }
    Plot plot = new Plot(searched.ask(), axis, Unit.of(first));
    return bars && Unit.addsUp(first) && !searched.ask().compares()
        ? plot.bars(first.label(), series)
        : plot.lines(first.label(), series);
  }

  /** What the groups that have no colour of their own add up to. */
  private Series others(Aggregate aggregate, List<Series> shown) {
    Result all =
        figures.ask(searched.filter(), List.of(aggregate), List.of(), axis.range(), axis.step(), 1);
    Series whole = Series.of("other", Palette.OTHER, axis, all.series().getFirst(), 0, 0);
    List<Double> rest = new ArrayList<>();
    for (int i = 0; i < axis.steps(); i++) {
      int step = i;
      double sum = shown.stream().mapToDouble(one -> one.values().get(step)).sum();
      rest.add(Math.max(0, whole.values().get(i) - sum));
    }
    return new Series("other", Palette.OTHER, rest);
  }

  private Series earlier(Aggregate aggregate, double missing) {
    TimeAxis old = axis.before();
    Result all =
        figures.ask(searched.filter(), List.of(aggregate), List.of(), old.range(), old.step(), 1);
    Result.Series points =
        all.series().isEmpty() ? new Result.Series(List.of(), List.of()) : all.series().getFirst();
    return Series.of("before", "before", old, points, 0, missing);
  }

  Table table() {
    List<Column<List<@Nullable Object>>> columns = new ArrayList<>();
    for (int i = 0; i < figured.by().size(); i++) {
      columns.add(groupColumn(i));
    }
    for (int i = 0; i < figured.aggregates().size(); i++) {
      columns.addAll(figureColumns(i));
    }
    columns.add(shareColumn());
    return Column.table(
        "Groups",
        "groups",
        searched.ask(),
        columns,
        result.rows(),
        row -> Integer.toString(result.rows().indexOf(row)),
        this::samplesLink);
  }

  private Column<List<@Nullable Object>> groupColumn(int i) {
    Group group = figured.by().get(i);
    return Column.<List<@Nullable Object>>text(
            group.label(),
            group.label(),
            "",
            row ->
                Cell.of(GroupTerm.name(group, row.get(i)))
                    .marked(i == 0 ? new Mark.Swatch(css(result.rows().indexOf(row))) : null)
                    .termed(group.field().label(), row.get(i)))
        .sorted();
  }

  private List<Column<List<@Nullable Object>>> figureColumns(int i) {
    Aggregate aggregate = figured.aggregates().get(i);
    Unit unit = Unit.of(aggregate);
    int at = figured.by().size() + i;
    List<Column<List<@Nullable Object>>> columns = new ArrayList<>();
    columns.add(
        Column.<List<@Nullable Object>>number(
                aggregate.label(), aggregate.label(), "c-figure", row -> figure(unit, row.get(at)))
            .sorted());
    if (searched.ask().compares()) {
      columns.add(
          Column.number("before-" + i, "before", "c-cost", row -> figure(unit, old(row, i))));
      columns.add(
          Column.number(
              "change-" + i,
              "change",
              "c-cost",
              row ->
                  Cell.of(
                      Change.of(unit, Series.number(row.get(at)), Series.number(old(row, i)), false)
                          .text())));
    }
    return columns;
  }

  private Column<List<@Nullable Object>> shareColumn() {
    int at = figured.by().size();
    double most =
        result.rows().stream()
            .map(row -> Series.number(row.get(at)))
            .mapToDouble(value -> value == null ? 0 : value)
            .max()
            .orElse(0);
    return Column.text(
        "share",
        "of the largest",
        "c-share",
        row -> {
          Double value = Series.number(row.get(at));
          double share = value == null || most == 0 ? 0 : Math.max(0, value) / most;
          return Cell.of(new Mark.Bar(TimeAxis.percent(share), css(result.rows().indexOf(row))));
        });
  }

  private static Cell figure(Unit unit, @Nullable Object value) {
    Double number = Series.number(value);
    return Cell.of(unit.show(number), unit.exact(number));
  }

  private @Nullable Object old(List<@Nullable Object> row, int i) {
    List<@Nullable Object> old = before.get(row.subList(0, figured.by().size()));
    return old == null ? null : old.get(i);
  }

  private @Nullable String samplesLink(List<@Nullable Object> row) {
    Ask ask = searched.ask();
    StringBuilder query = new StringBuilder(ask.query());
    for (int i = 0; i < figured.by().size(); i++) {
      query.append(' ').append(GroupTerm.of(figured.by().get(i), row.get(i)));
    }
    return ask.withQuery(query.toString().strip()).link("mode", "samples");
  }

  private String name(List<@Nullable Object> row) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < figured.by().size(); i++) {
      names.add(GroupTerm.name(figured.by().get(i), row.get(i)));
    }
    return names.isEmpty() ? figured.aggregates().getFirst().label() : String.join(", ", names);
  }

  private String css(int row) {
    return figured.by().isEmpty() ? "plain now" : palette.css(name(result.rows().get(row)));
  }
}
