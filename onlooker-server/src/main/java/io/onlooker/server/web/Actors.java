package io.onlooker.server.web;

import io.onlooker.store.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models and tools of the overview. */
final class Actors {

  private static final int MOST = 6;

  private final Frame frame;
  private final Ask ask;
  private final OverviewAnswers answers;
  private final TimeAxis axis;

  Actors(Frame frame, Ask ask, OverviewAnswers answers) {
    this.frame = frame;
    this.ask = ask;
    this.answers = answers;
    this.axis = answers.axis();
  }

  /** Which tool is slow, what models cost over time, and the models. Each fails alone. */
  List<BoardView.Part> parts() {
    return List.of(
        BoardView.Part.of("tools", "Which tool is slow", this::slowTools),
        BoardView.Part.of("cost", "Cost by model", this::costByModel),
        BoardView.Part.of("models", "Models", this::models));
  }

  private static Palette palette(List<Model> models) {
    return Palette.of(
        models.stream().filter(model -> model.usd() != null).map(Model::name).toList());
  }

  private BoardView.Part slowTools() {
    List<Tool> slowest =
        answers.tools().join().tools().stream().sorted(Tool.SLOWEST).limit(MOST).toList();
    return BoardView.Part.table(
        "tools",
        "Which tool is slow",
        BoardView.link("all tools", Links.with(frame.links().place("tools"), ask.kept())),
        Column.table(
            "Tools",
            "tools-short",
            ask,
            Tool.shortColumns(slowest),
            slowest,
            Tool::name,
            tool -> one("tools", tool.name())),
        "No tool was called.");
  }

  private BoardView.Part models() {
    List<Model> all = answers.models().join();
    List<Model> shown =
        new ArrayList<>(all.stream().filter(Model::priced).limit(MOST - 1).toList());
    // Of those whose cost nobody knows the one that is called most: no sum tells of it.
    all.stream().filter(model -> !model.priced()).findFirst().ifPresent(shown::add);
    return BoardView.Part.table(
        "models",
        "Models",
        BoardView.link("all models", Links.with(frame.links().place("models"), ask.kept())),
        Column.table(
            "Models",
            "models-short",
            ask,
            Model.shortColumns(palette(all)),
            shown,
            Model::name,
            model -> one("models", model.name())),
        "No model was called.");
  }

  private BoardView.Part costByModel() {
    return BoardView.Part.chart(
        "cost",
        "Cost by model",
        BoardView.link("prices", frame.links().one("settings", "prices")),
        costs());
  }

  private Chart costs() {
    List<Model> all = answers.models().join();
    Palette palette = palette(all);
    Map<String, Series> named = new HashMap<>();
    List<Series> others = new ArrayList<>();
    for (Result.Series points : answers.costs().join().series()) {
      String name = name(points.group().getFirst());
      String css = palette.css(name);
      Series series = Series.of(name, css, axis, points, 0, 0);
      if (css.equals(Palette.OTHER)) {
        others.add(series);
      } else {
        named.put(name, series);
      }
    }
    List<Series> stacked = new ArrayList<>();
    all.forEach(model -> {
      Series series = named.remove(model.name());
      if (series != null) {
        stacked.add(series);
      }
    });
    if (others.stream().anyMatch(series -> series.most() > 0)) {
      stacked.add(sum(others));
    }
    return new Plot(ask, axis, Unit.USD).bars("Cost by model", stacked);
  }

  private Series sum(List<Series> parts) {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < axis.steps(); i++) {
      int step = i;
      sums.add(parts.stream().mapToDouble(part -> part.values().get(step)).sum());
    }
    return new Series("other", Palette.OTHER, sums);
  }

  static String name(@Nullable Object value) {
    return value == null ? "(none)" : value.toString();
  }

  private String one(String kind, String name) {
    return Links.with(frame.links().one(kind, name), ask.kept());
  }
}
