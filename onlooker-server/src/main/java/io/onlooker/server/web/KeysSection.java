package io.onlooker.server.web;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.NewKey;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.Request;
import io.onlooker.server.quota.KeyLimits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys with which applications send: what came with them, how much may, and their change. */
final class KeysSection implements SettingsSection {

  static final int LONGEST_LABEL = 60;

  private final Access access;

  KeysSection(Access access) {
    this.access = access;
  }

  /**
   * The keys of a project.
   *
   * @param host under which this browser knows the server
   */
  record View(List<KeyLine> keys, String host) implements Body {}

  @Override
  public View show(Pages.Visit visit, Request request, FormBody form) {
    List<KeyLine> keys =
        access.keys(visit.project()).stream()
            .filter(key -> key.scope() == Scope.INGEST)
            .map(key -> KeyLine.of(key, access.use(), visit.frame()))
            .toList();
    return new View(keys, String.valueOf(request.header("host")));
  }

  @Override
  public Done change(Pages.Visit visit, FormBody form, boolean all) {
    if (form.text("do").equals("create-key")) {
      return create(visit, form);
    }
    Key key = find(access, visit, form, true);
    if (key == null) {
      return Done.problem("key: " + form.text("key") + " (expected: one of this project)");
    }
    return switch (form.text("do")) {
      case "limit-key" -> limit(key, form);
      case "rotate-key" -> rotate(visit, key, form);
      case "disable-key" -> disable(key);
      case "enable-key" -> enable(key);
      case "remove-key" -> remove(access, visit, key, form);
      default -> Done.unknown(form);
    };
  }

  private Done create(Pages.Visit visit, FormBody form) {
    String problem = problemWithLabel(form);
    if (problem != null) {
      return Done.problem(problem);
    }
    NewKey key = access.createKey(visit.project(), Scope.INGEST, form.text("label").strip());
    return shownOnce(visit, key, form);
  }

  /** What is wrong with the label of a form, or null. */
  static @Nullable String problemWithLabel(FormBody form) {
    int length = form.text("label").strip().length();
    return length >= 1 && length <= LONGEST_LABEL
        ? null
        : "label: " + length + " characters (expected: 1 to " + LONGEST_LABEL + ")";
  }

  private static Done shownOnce(Pages.Visit visit, NewKey key, FormBody form) {
    String dsn = "http://" + key.text() + "@" + form.text("host") + "/" + visit.project();
    return new Done("The DSN, shown this once:", null, dsn);
  }

  private Done limit(Key key, FormBody form) {
    try {
      String limits = KeyLimits.parse(form.text("limits")).toString();
      access.limitKey(key.id(), limits);
      return Done.said(
          limits.isEmpty()
              ? "The key " + key.label() + " has no limits now."
              : "The key " + key.label() + " is limited to " + limits + ".");
    } catch (IllegalArgumentException e) {
      return Done.problem(String.valueOf(e.getMessage()));
    }
  }

  private Done rotate(Pages.Visit visit, Key key, FormBody form) {
    Done made = shownOnce(visit, access.rotateKey(key), form);
    return new Done(
        "A second key like "
            + key.label()
            + ". Both are live: change your applications over, then"
            + " disable the old one. The new DSN, shown this once:",
        null,
        made.secret());
  }

  private Done disable(Key key) {
    access.disableKey(key.id());
    return Done.said("The key " + key.label() + " opens nothing until it is enabled again.");
  }

  private Done enable(Key key) {
    access.enableKey(key.id());
    return Done.said("The key " + key.label() + " opens again what it did.");
  }

  /** Takes a key or a token away for good. */
  static Done remove(Access access, Pages.Visit visit, Key key, FormBody form) {
    Done unconfirmed = Done.unconfirmed(visit.frame(), form);
    if (unconfirmed != null) {
      return unconfirmed;
    }
    access.removeKey(key.id());
    return Done.said(key.label() + " opens nothing any more.");
  }

  /** The key that a form names, if it is this project's own; else null. */
  static @Nullable Key find(Access access, Pages.Visit visit, FormBody form, boolean sends) {
    return access.keys(visit.project()).stream()
        .filter(key -> Long.toString(key.id()).equals(form.text("key")))
        .filter(key -> Objects.equals(key.project(), visit.project()))
        .filter(key -> (key.scope() == Scope.INGEST) == sends)
        .findFirst()
        .orElse(null);
  }
}
