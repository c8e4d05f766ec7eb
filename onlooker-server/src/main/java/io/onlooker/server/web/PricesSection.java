package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.pricing.OwnPrice;
import io.onlooker.server.pricing.OwnPrices;
import io.onlooker.server.pricing.RepriceJob;
import io.onlooker.server.pricing.Repricing;
import io.onlooker.store.Store;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What models cost: the project's own prices, the shipped ones, and pricing again what is kept. */
final class PricesSection implements SettingsSection {

  private final OwnPrices prices;
  private final Repricing repricing;
  private final PriceList list;

  PricesSection(OwnPrices prices, Repricing repricing, Store store) {
    this.prices = prices;
    this.repricing = repricing;
    this.list = new PriceList(prices::of, store);
  }

  /**
   * The prices.
   *
   * @param missing the models that were called without a known cost
   * @param form for a price of one's own
   * @param job the last one that priced again, or null
   * @param today for the fields of days
   */
  record View(
      List<PriceList.Missing> missing,
      List<Own> own,
      PriceForm form,
      @Nullable Job job,
      String today,
      Table table)
      implements Body {}

  /** A price that the project has set. */
  record Own(
      String id,
      String provider,
      String model,
      List<String> amounts,
      String from,
      String to,
      boolean ended) {

    private static final List<String> METERS =
        List.of("input", "cached_input", "cache_write", "output");

    private static Own of(OwnPrice price) {
      return new Own(
          price.id(),
          price.row().provider(),
          price.row().model(),
          METERS.stream().map(meter -> amount(price, meter)).toList(),
          Objects.toString(price.row().validFrom(), ""),
          Objects.toString(price.row().validTo(), ""),
          price.row().validTo() != null);
    }

    private static String amount(OwnPrice price, String meter) {
      return price.json().path(meter).isNumber()
          ? "$" + price.json().path(meter).decimalValue().toPlainString()
          : "";
    }
  }

  /** How far pricing again has come. */
  record Job(boolean running, String state, String looked, String changed, String when) {

    private static Job of(RepriceJob job, Frame frame) {
      Instant last = Objects.requireNonNullElse(job.ended(), job.began());
      String when = frame.time(last.getEpochSecond() * 1_000_000_000L);
      String error = job.error();
      String state =
          switch (job.state()) {
            case RUNNING -> "Running since " + when;
            case DONE -> "Done at " + when;
            case FAILED -> "Failed at " + when + (error == null ? "" : ": " + error);
          };
      return new Job(
          job.state() == RepriceJob.State.RUNNING,
          state,
          Show.count(job.looked()),
          Show.count(job.changed()),
          when);
    }
  }

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    int project = visit.project();
    RepriceJob job = repricing.job(project);
    return new View(
        list.missing(visit.frame(), project),
        prices.rows(project).values().stream().map(Own::of).toList(),
        PriceForm.of(request, form),
        job == null ? null : Job.of(job, visit.frame()),
        today(visit).toString(),
        list.table(visit.frame(), project, request));
  }

  @Override
  public Done change(Pages.Visit visit, FormBody form, boolean all) {
    try {
      return switch (form.text("do")) {
        case "set-price" -> set(visit, form);
        case "end-price" -> end(visit, form);
        case "remove-price" -> remove(visit, form);
        case "reprice" -> reprice(visit, form);
        default -> Done.unknown(form);
      };
    } catch (HttpProblem e) {
      return Done.problem(String.valueOf(e.getMessage()));
    }
  }

  private Done set(Pages.Visit visit, FormBody form) {
    OwnPrice price = PriceForm.sent(form).price();
    prices.put(visit.project(), price, visit.frame().now());
    return Done.said(
        price.row().model()
            + " has this price for what comes from now on. What is stored keeps its cost until you"
            + " recalculate.");
  }

  private Done end(Pages.Visit visit, FormBody form) {
    OwnPrice price = prices.rows(visit.project()).get(form.text("price"));
    if (price == null) {
      return Done.problem("price: " + form.text("price") + " (expected: one of this project)");
    }
    LocalDate to = day(form, "to", today(visit));
    prices.put(visit.project(), PriceForm.ended(price, to), visit.frame().now());
    return Done.said("The price of " + price.row().model() + " holds until " + to + ".");
  }

  private Done remove(Pages.Visit visit, FormBody form) {
    return prices.remove(visit.project(), form.text("price"), visit.frame().now())
        ? Done.said("The price is gone; the shipped one counts again, where there is one.")
        : Done.problem("price: " + form.text("price") + " (expected: one of this project)");
  }

  private Done reprice(Pages.Visit visit, FormBody form) {
    Done unconfirmed = Done.unconfirmed(visit.frame(), form);
    if (unconfirmed != null) {
      return unconfirmed;
    }
    LocalDate from = day(form, "from", LocalDate.EPOCH);
    LocalDate to = day(form, "to", today(visit)).plusDays(1);
    if (!from.isBefore(to)) {
      return Done.problem("from: " + from + " (expected: a day before the last one)");
    }
    RepriceJob job = repricing.begin(visit.project(), start(from), start(to));
    return job == null
        ? Done.problem("job: running (expected: one at a time)")
        : Done.said("Past costs are being recalculated.");
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate today(Pages.Visit visit) {
    return visit.frame().now().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static LocalDate day(FormBody form, String name, LocalDate usual) {
    try {
      return form.text(name).isBlank() ? usual : LocalDate.parse(form.text(name).strip());
    } catch (DateTimeException _) {
      throw new HttpProblem(
          400, "Bad day", name + ": " + form.text(name) + " (expected: a day such as 2026-11-20)");
    }
  }
}
