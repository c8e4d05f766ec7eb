package io.onlooker.server.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A price table. Does not change; safe for many threads.
 *
 * <p>A name is looked up exactly, as it is and in the spellings that mean the same model; dates are
 * taken off last, since an older snapshot may have a price of its own. Nothing is matched by a
 * prefix: an unknown model has no price.
 */
public final class Prices {

  /** So many names are remembered; a client can make up any number of them. */
  private static final int MOST_ANSWERS = 10_000;

  private static final Set<String> OPEN_TO_OTHER_VENDORS =
      Set.of("openai", "anthropic", "google", "azure");

  private final String version;
  private final List<PriceRow> rows;
  private final List<Entry> entries;
  private final List<PriceRow> own;
  private final Map<String, List<PriceRow>> byName = new HashMap<>();
  private final Map<String, List<PriceRow>> byLowerName = new HashMap<>();
  private final Map<Asked, Optional<PriceMatch>> answers = new ConcurrentHashMap<>();

  Prices(String version, List<Entry> entries) {
    this(version, entries, List.of());
  }

  private Prices(String version, List<Entry> entries, List<PriceRow> own) {
    this.version = version;
    this.entries = List.copyOf(entries);
    this.own = List.copyOf(own);
    this.rows = entries.stream().map(Entry::row).toList();
    for (Entry entry : entries) {
      add(entry.row().model(), entry.row());
      entry.aliases().forEach(alias -> add(alias, entry.row()));
    }
  }

  private record Asked(@Nullable String provider, String model) {}

  /** A row with the other names of its model. */
  record Entry(PriceRow row, List<String> aliases) {}

  /** The table that comes with this version of Onlooker. */
  public static Prices shipped() {
    try (InputStream file = Prices.class.getResourceAsStream("prices.json")) {
      if (file == null) {
        throw new IllegalStateException("prices.json: missing (expected: in the server's jar)");
      }
      return PriceFile.read(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("prices.json: " + e.getMessage(), e);
    }
  }

  /**
   * This table with rows of somebody's own, which count instead of ours while they are valid. They
   * are found by exactly their provider and model, in any case.
   */
  public Prices with(String ownVersion, List<PriceRow> ownRows) {
    return ownRows.isEmpty() ? this : new Prices(version + "+" + ownVersion, entries, ownRows);
  }

  public String version() {
    return version;
  }

  public List<PriceRow> rows() {
    return rows;
  }

  /** The rows that a client's provider and model name mean, or null when no price is known. */
  public @Nullable PriceMatch lookup(@Nullable String provider, String model) {
    Asked asked = new Asked(provider, model);
    Optional<PriceMatch> known = answers.get(asked);
    if (known == null) {
      known = Optional.ofNullable(findWithOwn(provider, model));
      if (answers.size() < MOST_ANSWERS) {
        answers.put(asked, known);
      }
    }
    return known.orElse(null);
  }

  private @Nullable PriceMatch findWithOwn(@Nullable String provider, String model) {
    PriceMatch ours = find(provider, model);
    List<PriceRow> theirs =
        own.stream().filter(row -> means(row, provider, model) || means(row, ours)).toList();
    if (theirs.isEmpty()) {
      return ours;
    }
    List<PriceRow> both = new ArrayList<>(theirs);
    if (ours != null) {
      both.addAll(ours.rows());
    }
    PriceRow first = theirs.getFirst();
    return new PriceMatch(
        first.provider(), first.model(), both, ours == null ? List.of() : ours.flags());
  }

  private static boolean means(PriceRow row, @Nullable String provider, String model) {
    boolean same =
        provider == null
            || row.provider().equalsIgnoreCase(provider.strip())
            || (Provider.of(provider) instanceof Provider.Priced priced
                && priced.id().equals(row.provider()));
    return same && row.model().equalsIgnoreCase(model.strip());
  }

  private static boolean means(PriceRow row, @Nullable PriceMatch ours) {
    return ours != null
        && ours.provider().equals(row.provider())
        && ours.model().equalsIgnoreCase(row.model());
  }

  private @Nullable PriceMatch find(@Nullable String provider, String model) {
    Provider asked = Provider.of(provider);
    String name = model.strip();
    if (asked instanceof Provider.Local || name.isEmpty() || name.endsWith(":free")) {
      return null;
    }
    if (asked instanceof Provider.Priced priced) {
      PriceMatch exact = exact(priced.id(), name, List.of());
      if (exact != null) {
        return exact;
      }
    }
    String bare = ModelNames.withoutResourcePath(name);
    return bare == null ? null : search(asked, bare);
  }

  private @Nullable PriceMatch search(@Nullable Provider asked, String name) {
    Provider provider = asked;
    String rest = name;
    Provider prefix;
    while ((prefix = prefixOf(rest)) != null) {
      rest = rest.substring(prefixLength(rest) + 1);
      provider = provider instanceof Provider.Priced ? provider : prefix;
    }
    rest = ModelNames.withoutGatewaySuffix(rest);
    if (provider instanceof Provider.Local) {
      return null;
    }
    String id = provider instanceof Provider.Priced priced ? priced.id() : null;
    PriceMatch match = id == null ? null : spelled(id, rest, List.of());
    return match != null ? match : byVendor(id, rest);
  }

  private @Nullable PriceMatch byVendor(@Nullable String provider, String name) {
    String vendor = ModelNames.vendor(name);
    boolean open = provider == null || OPEN_TO_OTHER_VENDORS.contains(provider);
    if (vendor == null || !open || vendor.equals(provider)) {
      return null;
    }
    return spelled(vendor, name, List.of("list price of " + vendor + ", told by the model's name"));
  }

  private @Nullable PriceMatch spelled(String provider, String name, List<String> flags) {
    Set<String> spellings = ModelNames.spellings(provider, name);
    for (String spelling : spellings) {
      PriceMatch match = exact(provider, spelling, flags);
      if (match != null) {
        return match;
      }
    }
    List<String> dated = new ArrayList<>(flags);
    dated.add("the name's date was left out: another snapshot may cost something else");
    for (String spelling : spellings) {
      PriceMatch match = exact(provider, ModelNames.withoutDate(spelling), dated);
      if (match != null) {
        return match;
      }
    }
    return null;
  }

  private @Nullable PriceMatch exact(String provider, String name, List<String> flags) {
    List<PriceRow> found = byName.get(key(provider, name));
    if (found == null) {
      found = byLowerName.get(key(provider, name).toLowerCase(Locale.ROOT));
    }
    return found == null
        ? null
        : new PriceMatch(provider, found.getFirst().model(), List.copyOf(found), flags);
  }

  private static @Nullable Provider prefixOf(String name) {
    int length = prefixLength(name);
    return length <= 0 || name.startsWith("ft:")
        ? null
        : Provider.prefix(name.substring(0, length));
  }

  private static int prefixLength(String name) {
    int slash = name.indexOf('/');
    return slash >= 0 ? slash : name.indexOf(':');
  }

  private void add(String name, PriceRow row) {
    String key = key(row.provider(), name);
    byName.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    byLowerName.computeIfAbsent(key.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(row);
  }

  private static String key(String provider, String name) {
    return provider + '\n' + name;
  }
}
