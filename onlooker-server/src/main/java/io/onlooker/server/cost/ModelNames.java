package io.onlooker.server.cost;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The spellings one model goes by, in the order to try them; each is looked up exactly, never by a
 * prefix or a likeness.
 */
final class ModelNames {

  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?:.*/)?(?:publishers/(?:google|anthropic)/)?models/([^/]+)"
              + "|arn:aws[^:]*:bedrock:.*:(?:inference-profile|foundation-model)/([^/]+)");
  private static final Pattern HIDDEN =
      Pattern.compile(
          "arn:aws[^:]*:bedrock:.*:(?:application-inference-profile|provisioned-model|custom-model).*"
              + "|(?:.*/)?tunedModels/.*");
  private static final Pattern GATEWAY_SUFFIX =
      Pattern.compile(":(?:nitro|floor|online|extended|thinking|exacto)$");
  private static final Pattern DATE =
      Pattern.compile("(?:-\\d{4}-\\d{2}-\\d{2}|[-@]\\d{8}|@default|-latest)$");
  private static final Pattern BEDROCK_REGION =
      Pattern.compile("^(?:us|eu|apac|jp|au|ca|global)\\.(.+)$");
  private static final Pattern BEDROCK_CONTEXT = Pattern.compile(":\\d+k$");
  private static final Pattern BEDROCK_NO_REVISION = Pattern.compile("-v\\d+$");
  private static final Pattern GENERATION_FIRST =
      Pattern.compile("claude-(\\d{1,2}(?:-\\d{1,2}(?!\\d))?)-(opus|sonnet|haiku)(.*)");
  private static final Pattern GENERATION_LAST =
      Pattern.compile("claude-(opus|sonnet|haiku)-(\\d{1,2}(?:-\\d{1,2}(?!\\d))?)(.*)");

  private ModelNames() {}

  /**
   * The last part of a resource path; the name itself when it is none; null when it hides which
   * model.
   */
  static @Nullable String withoutResourcePath(String name) {
    if (HIDDEN.matcher(name).matches()) {
      return null;
    }
    Matcher path = RESOURCE.matcher(name);
    if (!path.matches()) {
      return name;
    }
    return path.group(1) != null ? path.group(1) : path.group(2);
  }

  static String withoutGatewaySuffix(String name) {
    return GATEWAY_SUFFIX.matcher(name).replaceFirst("");
  }

  static String withoutDate(String name) {
    return DATE.matcher(name).replaceFirst("");
  }

  /** The name and its other spellings, dates kept. */
  static Set<String> spellings(String provider, String name) {
    Set<String> all = new LinkedHashSet<>();
    all.add(name);
    if (name.startsWith("ft:")) {
      all.addAll(fineTunes(name));
    } else if (provider.equals("bedrock")) {
      all.addAll(bedrock(name));
    } else if (name.startsWith("gpt-35-")) {
      all.add("gpt-3.5-" + name.substring("gpt-35-".length()));
    } else if (name.startsWith("gemini-")) {
      all.add(name.replaceFirst("-00[12]$", ""));
    } else if (name.startsWith("claude-")) {
      all.addAll(claude(name));
    }
    return all;
  }

  private static List<String> fineTunes(String name) {
    String base = "ft:" + name.split(":", -1)[1];
    return List.of(base, withoutDate(base));
  }

  /**
   * Regions share one row where the model has a regional price; the global profile has the plain
   * one.
   */
  private static List<String> bedrock(String name) {
    String id = BEDROCK_CONTEXT.matcher(name).replaceFirst("");
    if (BEDROCK_NO_REVISION.matcher(id).find()) {
      id += ":0";
    }
    Matcher region = BEDROCK_REGION.matcher(id);
    if (!region.matches()) {
      return List.of(id);
    }
    String plain = region.group(1);
    return id.startsWith("global.") ? List.of(id, plain) : List.of(id, "us." + plain, plain);
  }

  private static List<String> claude(String name) {
    List<String> all = new ArrayList<>();
    String dashed = name.replace('.', '-').replace('@', '-');
    all.add(dashed);
    for (Pattern order : List.of(GENERATION_FIRST, GENERATION_LAST)) {
      Matcher parts = order.matcher(dashed);
      if (parts.matches()) {
        all.add("claude-" + parts.group(2) + "-" + parts.group(1) + parts.group(3));
      }
    }
    return all;
  }

  /** The vendor whose models are called so, or null. */
  static @Nullable String vendor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Vendor vendor : VENDORS) {
      if (vendor.names().matcher(lower).lookingAt()) {
        return vendor.provider();
      }
    }
    return null;
  }

  private record Vendor(String provider, Pattern names) {
    static Vendor of(String provider, String names) {
      return new Vendor(provider, Pattern.compile("(?:" + names + ")(?![a-z0-9])"));
    }
  }

  private static final List<Vendor> VENDORS =
      List.of(
          Vendor.of("anthropic", "claude"),
          Vendor.of("openai", "gpt|chatgpt|o1|o3|o4|text-embedding|ft:gpt"),
          Vendor.of("google", "gemini"),
          Vendor.of("mistral", "mistral|ministral|codestral|magistral|devstral"),
          Vendor.of("xai", "grok"),
          Vendor.of("deepseek", "deepseek-(?:chat|reasoner|flash|v4)"),
          Vendor.of("cohere", "command|embed-v4"),
          Vendor.of("perplexity", "sonar"),
          Vendor.of("moonshot", "kimi"),
          Vendor.of("zai", "glm"));
}
