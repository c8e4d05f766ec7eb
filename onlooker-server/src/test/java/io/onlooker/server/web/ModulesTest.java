package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small modules become one. */
final class ModulesTest {

  private static String join(Map<String, String> sources) {
    return Modules.join("app", name -> String.valueOf(sources.get(name)));
  }

  @Test
  void join_importedStandsBefore() {
    String joined =
        join(
            Map.of(
                "app", "import { one, two } from \"./lib.js\";\none(two);\n",
                "lib", "export function one() {}\nexport const two = 2;\n"));

    assertThat(joined)
        .isEqualTo(
            """
            const lib$ = (() => {
            function one() {}
            const two = 2;
            return { one, two };
            })();
            const app$ = (() => {
            const { one, two } = lib$;
            one(two);
            })();
            """);
  }

  @Test
  void join_otherName() {
    String joined =
        join(
            Map.of(
                "app", "import { one as first } from \"./lib.js\";\n",
                "lib", "export function one() {}\n"));

    assertThat(joined).contains("const { one: first } = lib$;");
  }

  @Test
  void join_eachOnce() {
    String joined =
        join(
            Map.of(
                "app", "import \"./a.js\";\nimport \"./b.js\";\n",
                "a", "import \"./b.js\";\n",
                "b", "let x;\nexport { x };\n"));

    assertThat(joined.split("let x", -1)).hasSize(2);
    assertThat(joined.indexOf("const b$")).isLessThan(joined.indexOf("const a$"));
  }

  @Test
  void join_circle() {
    Map<String, String> sources =
        Map.of("app", "import \"./a.js\";\n", "a", "import \"./app.js\";\n");

    assertThatThrownBy(() -> join(sources)).hasMessageContaining("[app, a]");
  }

  @Test
  void join_otherKinds() {
    Map<String, String> sources = Map.of("app", "import all from \"./a.js\";\n");

    assertThatThrownBy(() -> join(sources)).hasMessageContaining("app.js: import all");
  }

  @Test
  void assets_scriptIsOne() {
    Assets assets = Assets.load();

    assertThat(assets.url("app.js")).matches("/static/[0-9a-f]{16}/app\\.js");
    assertThat(assets.url("app.css")).isNotEqualTo(assets.url("app.js").replace(".js", ".css"));
  }
}
