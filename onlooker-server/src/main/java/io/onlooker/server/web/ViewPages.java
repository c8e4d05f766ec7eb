package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;

/** What the forms beside a list do: save what it asks, rename and delete what was saved. */
final class ViewPages {

  private final Pages pages;
  private final ProjectAccess access;
  private final SavedViews views;

  ViewPages(Pages pages, ProjectAccess access, SavedViews views) {
    this.pages = pages;
    this.access = access;
    this.views = views;
  }

  void addTo(Routes routes) {
    routes
        .get("/p/{project}/views", pages.page((_, visit) -> all(visit.frame())))
        .post("/p/{project}/views", pages.page(this::change));
  }

  /** The explorer lists them. */
  private static Response all(Frame frame) {
    return Response.seeOther(frame.links().place("spans") + "#views");
  }

  private Response change(Request request, Pages.Visit visit) {
    FormBody form = FormBody.of(request);
    access.requireForm(request, visit.project(), form.text("token"));
    String name = form.text("name").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    switch (form.text("do")) {
      case "save" -> {
        return save(visit, form, name);
      }
      case "rename" -> views.rename(visit.project(), id(form), name);
      case "delete" -> views.remove(visit.project(), id(form));
      default ->
          throw new HttpProblem(
              400, "Nothing done", "do: " + form.text("do") + " (expected: what a button says)");
    }
    return Response.seeOther(Links.local(form.text("back")));
  }

  /** Leads back to the question, which is the same page. */
  private Response save(Pages.Visit visit, FormBody form, String name) {
    SavedView view = SavedView.of(visit.frame().links(), name, form.text("back"));
    if (view == null) {
      throw new HttpProblem(
          400,
          "Not saved",
          "back: " + form.text("back") + " (expected: the address of a list, not too long)");
    }
    views.add(visit.project(), view);
    return Response.seeOther(view.link(visit.frame().links()));
  }

  private static long id(FormBody form) {
    String id = form.text("id");
    return id.matches("[0-9]{1,15}") ? Long.parseLong(id) : 0;
  }
}
