// Long texts: the rest of one is added piece by piece, and the exact text can be copied.
import { load } from "./panel.js";

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
