// Copying: a button behind what is meant to be taken away, and a word that it was done.

let told;

/** Says in a line at the bottom, and to those who hear the page, what was done. */
export function tell(text) {
  told ??= document.body.appendChild(document.createElement("p"));
  told.className = "told";
  told.setAttribute("role", "status");
  told.textContent = text;
  setTimeout(() => { if (told.textContent === text) { told.textContent = ""; } }, 4000);
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    tell(`${what} copied`);
  } catch {
    tell(`${what} could not be copied: the browser does not allow it here`);
  }
}

for (const element of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", () => copy(element.textContent.trim(), "Text"));
  element.after(" ", button);
}
