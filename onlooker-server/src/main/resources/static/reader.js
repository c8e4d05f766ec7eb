// Long texts: the rest of one is added piece by piece, and the exact text can be copied.
import { load } from "./panel.js";
import { remember } from "./cookies.js";
import { copy } from "./copy.js";

/** Adds one piece after the other behind what is there, and says how far it is. */
function add(link, address) {
  load(address, (page) => {
    const piece = page.querySelector(".piece");
    if (!piece || !link.isConnected) {
      return;
    }
    link.closest(".whole").before(document.adoptNode(piece));
    const next = page.querySelector("a[rel=next]");
    if (next) {
      link.textContent = `… ${page.querySelector(".title .dim").textContent}`;
      add(link, next.getAttribute("href"));
    } else {
      link.remove();
    }
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.pieces");
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) {
      link.setAttribute("aria-busy", "true");
      add(link, link.getAttribute("href"));
    }
  }
});

// Embedded data is looked at where it stands; it comes from our own address.
document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("a.chip");
  if (chip?.textContent.startsWith("[image/") && event.button === 0 && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const shown = chip.nextElementSibling;
    if (shown?.className === "media") {
      shown.remove();
    } else {
      const image = document.createElement("img");
      image.className = "media";
      image.alt = chip.textContent;
      image.src = chip.href;
      chip.after(image);
    }
  }
});

// How what was said is shown is remembered for all steps.
document.addEventListener("click", (event) => {
  const as = event.target.closest?.("a[data-reader]");
  if (as) {
    event.preventDefault();
    remember("reader", as.dataset.reader);
    location.reload();
  }
  const key = event.target.closest?.(".tree .key");
  if (key) {
    event.preventDefault();
    copy(key.title, "Path");
  }
});

/** Opens what holds the text that is looked for in a tree, and marks it. */
function search(tree, text) {
  for (const leaf of tree.querySelectorAll(".leaf")) {
    const hit = text !== "" && leaf.textContent.toLowerCase().includes(text);
    leaf.classList.toggle("hit", hit);
    for (let up = hit && leaf.parentElement; up && up !== tree; up = up.parentElement) {
      up.open = true;
    }
  }
  tree.querySelector(".hit")?.scrollIntoView({ block: "nearest" });
}

/** A tree has a field to search it, once there are scripts that can. */
export function dress(part) {
  for (const tree of part.querySelectorAll?.(".tree:not(:has(input))") ?? []) {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = "Search";
    field.setAttribute("aria-label", "Search the tree");
    field.addEventListener("input", () => search(tree, field.value.toLowerCase()));
    tree.querySelector(".role").after(field);
  }
}

dress(document);

/** Copies the text that has the focus exactly as it was sent; what shows it may hold marks. */
export function copyExact() {
  const at = document.activeElement?.closest(".msg, section, details, .panel, .tr") ?? document;
  const text = at.querySelector("[data-text]") ?? document.querySelector(".panel [data-text]");
  if (!text || !navigator.clipboard) {
    return false;
  }
  // The clipboard is asked for at once, while the key still counts as the person's wish.
  const whole = fetch(text.dataset.text).then((answer) => answer.blob());
  navigator.clipboard.write([new ClipboardItem({ "text/plain": whole })]);
  return true;
}
