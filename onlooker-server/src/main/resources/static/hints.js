// A list of suggestions below a field: arrows choose, Enter takes, Escape closes.

let lists = 0;

/**
 * @param input the field
 * @param find gives [{text, note, take()}] for what stands in the field, perhaps later
 */
export function suggest(input, find) {
  const list = document.createElement("ul");
  list.className = "hints";
  list.id = `hints-${++lists}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  input.after(list);
  let shown = [];
  let chosen = -1;
  let asked = 0;

  function close() {
    asked++;
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(at) {
    chosen = at;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
  }

  function take(at) {
    const hint = shown[at];
    close();
    hint.take();
  }

  async function look() {
    const now = ++asked;
    const found = await find(input);
    if (now !== asked || document.activeElement !== input) {
      return;
    }
    shown = found.slice(0, 12);
    list.replaceChildren(...shown.map((hint, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(hint.text);
      if (hint.note) {
        const note = item.appendChild(document.createElement("span"));
        note.className = "dim";
        note.textContent = hint.note;
      }
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(i); });
      return item;
    }));
    chosen = -1;
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) {
      input.setAttribute("aria-controls", list.id);
    }
  }

  input.addEventListener("input", look);
  input.addEventListener("focus", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) {
      return;
    }
    if (event.key === "ArrowDown" || (event.key === "ArrowUp" && chosen >= 0)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      choose(Math.max(-1, Math.min(shown.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1))));
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Escape") {
      // A search field would empty itself.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return look;
}
