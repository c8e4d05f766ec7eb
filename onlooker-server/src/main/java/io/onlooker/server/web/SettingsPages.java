package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Principal;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.server.pricing.OwnPrices;
import io.onlooker.server.pricing.Repricing;
import io.onlooker.server.privacy.LeakSentinel;
import io.onlooker.server.privacy.PiiPolicies;
import io.onlooker.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The pages on which a project is set up. Safe for many threads. */
public final class SettingsPages {

  private static final String YOU = "you";

  private final Pages pages;
  private final Access access;
  private final Map<String, SettingsSection> sections;

  /**
   * Beside the pages of a server.
   *
   * @param retention how long data of a project is kept; null for ever
   */
  public SettingsPages(
      Pages pages,
      Access access,
      PiiPolicies policies,
      LeakSentinel sentinel,
      OwnPrices prices,
      Repricing repricing,
      Store store,
      IntFunction<@Nullable Duration> retention) {
    this.pages = pages;
    this.access = access;
    RetentionSection kept = new RetentionSection(retention);
    this.sections =
        Map.of(
            "project",
            new ProjectSection(access, store, kept),
            "keys",
            new KeysSection(access),
            "redaction",
            new RedactionForm(policies, sentinel, store),
            "prices",
            new PricesSection(prices, repricing, store),
            "retention",
            kept,
            "people",
            new PeopleSection(access),
            YOU,
            new YouSection());
  }

  /** Adds every page and what its forms do. */
  public void addTo(Routes routes) {
    routes
        .get("/p/{project}/settings", pages.page((_, visit) -> first(visit.frame())))
        .get("/p/{project}/settings/{section}", pages.page(this::show))
        .post("/p/{project}/settings/{section}", pages.page(this::change));
  }

  private static Response first(Frame frame) {
    return Response.seeOther(frame.links().one("settings", "project"));
  }

  private Response show(Request request, Pages.Visit visit) {
    return shown(request, visit, new FormBody(Map.of()), Done.NOTHING);
  }

  private Response change(Request request, Pages.Visit visit) {
    FormBody form = FormBody.of(request);
    if (form.text("do").equals("try")) {
      return shown(request, visit, form, Done.NOTHING);
    }
    if (request.route("section").equals(YOU)) {
      return remember(request, visit, form);
    }
    Principal principal = access.require(request, Scope.ADMIN, visit.project());
    access.requireFormToken(request, form.text("token"));
    Done done = section(request).change(visit, form, principal.project() == null);
    return done.next() == null ? shown(request, visit, form, done) : Response.seeOther(done.next());
  }

  /** What is nobody's but this browser's. */
  private Response remember(Request request, Pages.Visit visit, FormBody form) {
    access.requireFormToken(request, form.text("token"));
    String cookie = YouSection.cookie(form);
    if (cookie == null) {
      Done problem = Done.problem("zone: " + form.text("zone") + " (expected: Area/City)");
      return shown(request, visit, form, problem);
    }
    return Response.seeOther(visit.frame().links().one("settings", YOU)).with("set-cookie", cookie);
  }

  private Response shown(Request request, Pages.Visit visit, FormBody form, Done done) {
    SettingsSection section = section(request);
    SettingsView view =
        new SettingsView(
            visit.frame().titled("Settings", "settings"),
            request.route("section"),
            token(request, visit),
            done,
            section.show(visit, request, form));
    Response page = pages.show(done.problem() == null ? 200 : 400, "settings", view);
    return done.secret() == null ? page : page.with("cache-control", "no-store");
  }

  private SettingsSection section(Request request) {
    SettingsSection section = sections.get(request.route("section"));
    if (section == null) {
      throw new HttpProblem(
          404,
          "No such settings",
          "section: " + request.route("section") + " (expected: project, keys, redaction …)");
    }
    return section;
  }

  /** Empty when this person may change nothing here. */
  private String token(Request request, Pages.Visit visit) {
    Principal principal = access.principal(request);
    boolean may =
        request.route("section").equals(YOU)
            || (principal != null && principal.may(Scope.ADMIN, visit.project()));
    return may ? access.formToken(request) : "";
  }
}
