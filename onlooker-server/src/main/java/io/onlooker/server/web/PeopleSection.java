package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.NewKey;
import io.onlooker.server.access.Person;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.Request;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who reads and changes: people with passwords, links that sign a browser in, tokens. */
final class PeopleSection implements SettingsSection {

  private final Access access;

  PeopleSection(Access access) {
    this.access = access;
  }

  /**
   * The people and tokens of a project.
   *
   * @param signsIn whether this person may make links, which open everything
   */
  record View(List<PersonLine> people, List<KeyLine> tokens, boolean signsIn) implements Body {}

  /**
   * A person.
   *
   * @param own whether this one sees this project alone, and so may be changed here
   */
  record PersonLine(long id, boolean own, String name, String role, String sees, String since) {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    List<KeyLine> tokens =
        access.keys(visit.project()).stream()
            .filter(key -> key.scope() != Scope.INGEST)
            .map(key -> KeyLine.of(key, access.use(), visit.frame()))
            .toList();
    boolean all = all(request);
    List<PersonLine> people =
        access.people().all().stream()
            .filter(person -> sees(person, visit.project()))
            .map(person -> line(person, visit.frame(), all))
            .toList();
    return new View(people, tokens, all);
  }

  private boolean all(Request request) {
    var principal = access.principal(request);
    return principal != null && principal.project() == null && principal.scope() == Scope.ADMIN;
  }

  private static boolean sees(Person person, int project) {
    return person.project() == null || person.project() == project;
  }

  private static PersonLine line(Person person, Frame frame, boolean all) {
    return new PersonLine(
        person.id(),
        all || person.project() != null,
        person.name(),
        role(person.scope()),
        person.project() == null ? "all projects" : "this project",
        frame.time(person.created().getEpochSecond() * 1_000_000_000L));
  }

  private static String role(Scope scope) {
    return scope == Scope.ADMIN ? "reads and changes" : "reads";
  }

  @Override
  public Done change(Pages.Visit visit, FormBody form, boolean all) {
    return switch (form.text("do")) {
      case "invite" -> invite(all);
      case "create-token" -> createToken(visit, form);
      case "remove-token" -> removeToken(visit, form);
      case "add-person" -> addPerson(visit, form, all);
      case "change-password", "remove-person" -> changePerson(visit, form, all);
      default -> Done.unknown(form);
    };
  }

  private Done invite(boolean all) {
    return all
        ? new Done(
            "A link that signs one browser in, once, within a day:", null, access.signInPath())
        : Done.problem("link: opens all projects (expected: somebody who may change all of them)");
  }

  private Done createToken(Pages.Visit visit, FormBody form) {
    String problem = KeysSection.problemWithLabel(form);
    if (problem != null) {
      return Done.problem(problem);
    }
    NewKey token = access.createKey(visit.project(), scope(form), form.text("label").strip());
    return new Done("The token, shown this once:", null, token.text());
  }

  private Done removeToken(Pages.Visit visit, FormBody form) {
    Key token = KeysSection.find(access, visit, form, false);
    return token == null
        ? Done.problem("key: " + form.text("key") + " (expected: a token of this project)")
        : KeysSection.remove(access, visit, token, form);
  }

  private Done addPerson(Pages.Visit visit, FormBody form, boolean all) {
    boolean everywhere = form.text("sees").equals("all");
    if (everywhere && !all) {
      return Done.problem("sees: all projects (expected: this one; you see no other)");
    }
    try {
      String name = form.text("name");
      Integer project = everywhere ? null : (Integer) visit.project();
      access.people().add(name, form.text("password"), scope(form), project);
      return Done.said(name.strip() + " can sign in now.");
    } catch (IllegalArgumentException e) {
      return Done.problem(String.valueOf(e.getMessage()));
    }
  }

  private Done changePerson(Pages.Visit visit, FormBody form, boolean all) {
    Person person = person(visit, form, all);
    if (person == null) {
      return Done.problem("person: " + form.text("person") + " (expected: one you may change)");
    }
    return form.text("do").equals("remove-person")
        ? removePerson(visit, person, form)
        : changePassword(person, form);
  }

  private @Nullable Person person(Pages.Visit visit, FormBody form, boolean all) {
    return access.people().all().stream()
        .filter(person -> Long.toString(person.id()).equals(form.text("person")))
        .filter(person -> all || Objects.equals(person.project(), visit.project()))
        .findFirst()
        .orElse(null);
  }

  private Done removePerson(Pages.Visit visit, Person person, FormBody form) {
    Done unconfirmed = Done.unconfirmed(visit.frame(), form);
    if (unconfirmed != null) {
      return unconfirmed;
    }
    access.people().remove(person.id());
    return Done.said(person.name() + " is signed out everywhere and cannot sign in any more.");
  }

  private Done changePassword(Person person, FormBody form) {
    try {
      access.people().changePassword(person.id(), form.text("password"));
      return Done.said(person.name() + " has a new password and is signed out everywhere.");
    } catch (IllegalArgumentException e) {
      return Done.problem(String.valueOf(e.getMessage()));
    }
  }

  private static Scope scope(FormBody form) {
    return form.text("scope").equals("admin") ? Scope.ADMIN : Scope.READ;
  }
}
