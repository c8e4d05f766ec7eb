package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects are made, renamed and deleted in a browser without scripts. */
final class ProjectSettingsTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path folder;

  private static Visits visits;
  private static Visits.Guest guest;

  @BeforeAll
  static void open() throws Exception {
    visits = new Visits(folder);
    guest = visits.linked();
  }

  @AfterAll
  static void close() {
    visits.close();
  }

  private static String settings(String project) {
    return "/p/" + project + "/settings/project";
  }

  private static Document made(String name) throws Exception {
    guest.sends(settings("default"), Map.of("do", "create-project", "name", name));
    return guest.page(settings(name));
  }

  private static HttpResponse<String> renamed(String name, String to, String confirmed)
      throws Exception {
    return guest.answers(
        settings(name), Map.of("do", "rename-project", "name", to, "confirm", confirmed));
  }

  private static HttpResponse<String> deleted(Visits.Guest by, String name, String confirmed)
      throws Exception {
    return by.answers(settings(name), Map.of("do", "delete-project", "confirm", confirmed));
  }

  /** The key of a project, made for this. */
  private static String key(String project) throws Exception {
    return guest
        .sends(
            "/p/" + project + "/settings/keys",
            Map.of("do", "create-key", "label", "sender", "host", "localhost"))
        .expectFirst(".secret [data-copy]")
        .text()
        .replaceFirst("http://", "")
        .replaceFirst("@.*", "");
  }

  private static String id(Document page) {
    return page.expectFirst(".facts div:contains(Id) dd").text();
  }

  private static boolean there(String project) throws Exception {
    return guest.get(settings(project)).statusCode() == 200;
  }

  @Test
  void kept_isInWords() throws Exception {
    assertThat(guest.page(settings("default")).expectFirst(".facts").text())
        .contains("Kept for ever");
  }

  @Test
  void rename_movesThePagesAndKeepsTheKeys() throws Exception {
    String id = id(made("old-name"));
    String key = key("old-name");

    HttpResponse<String> answer = renamed("old-name", "new-name", "old-name");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue(settings("new-name"));
    assertThat(id(guest.page(settings("new-name")))).isEqualTo(id);
    assertThat(there("old-name")).isFalse();
    assertThat(visits.call(key, "any", "n", 1)).isEqualTo(200);
  }

  @Test
  void rename_refused() throws Exception {
    made("stays");

    assertThat(renamed("stays", "gone", "gone").body()).contains("expected: stays, the name");
    assertThat(renamed("stays", "default", "stays").body()).contains("a name that is free");
    assertThat(renamed("stays", "Not A Name", "stays").body()).contains("a-z, 0-9 and -");
    assertThat(there("stays")).isTrue();
  }

  @Test
  void delete_takesAllOfIt() throws Exception {
    String id = id(made("passing"));
    String key = key("passing");
    assertThat(visits.call(key, "any", "n", 1)).isEqualTo(200);

    assertThat(deleted(guest, "passing", "passin").body()).contains("expected: passing, the name");
    HttpResponse<String> answer = deleted(guest, "passing", "passing");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("/");
    assertThat(there("passing")).isFalse();
    assertThat(there(id)).isFalse();
    assertThat(visits.call(key, "any", "n", 1)).isIn(401, 403);
    assertThat(id(made("passing"))).as("its id is not used again").isNotEqualTo(id);
    assertThat(guest.page("/p/passing/traces").select("tbody tr")).isEmpty();
  }

  @Test
  void delete_notTheFirst() throws Exception {
    Document page = guest.page(settings("default"));

    assertThat(page.select("button[value=delete-project]")).isEmpty();
    assertThat(page.text()).contains("It is the first project");
    assertThat(deleted(guest, "default", "default").body()).contains("can be renamed, not deleted");
    assertThat(there("default")).isTrue();
  }

  @Test
  void delete_onlyWhoMayChangeAll() throws Exception {
    made("shared");
    guest.sends(
        "/p/shared/settings/people",
        Map.of(
            "do",
            "add-person",
            "name",
            "chief",
            "password",
            PASSWORD,
            "scope",
            "admin",
            "sees",
            "one"));
    String login = Visits.encoded(Map.of("name", "chief", "password", PASSWORD));
    Visits.Guest chief = visits.guest(visits.stranger().bare("/sign-in", login));
    String token = chief.token("/p/shared/settings/people");
    String body =
        Visits.encoded(Map.of("do", "delete-project", "confirm", "shared", "token", token));

    assertThat(chief.page(settings("shared")).text()).doesNotContain("Delete for good");
    assertThat(chief.bare(settings("shared"), body).body()).contains("you may change no other");
    assertThat(guest.bare(settings("shared"), body).statusCode()).isEqualTo(403);
    assertThat(there("shared")).isTrue();

    deleted(guest, "shared", "shared");
    assertThat(chief.get(settings("shared")).statusCode()).as("signed out").isEqualTo(401);
  }
}
