// The box that searches, jumps to an id, and knows commands.
import { suggest } from "./hints.js";

const input = document.getElementById("jump");
const go = (address) => () => location.assign(address);

function commands() {
  const found = [...document.querySelectorAll(".bar nav a, .menu ul a")]
    .map((link) => ({ text: `Go to ${link.textContent}`, take: go(link.href) }));
  const settings = document.querySelector(".menu a[href*='/settings/']")?.href;
  if (settings) {
    for (const section of ["keys", "redaction", "prices", "people"]) {
      found.push({ text: `Settings: ${section}`, take: go(settings.replace(/project$/, section)) });
    }
  }
  const theme = document.querySelector("[data-theme-to]");
  if (theme) {
    found.push({ text: "Change the theme", take: () => theme.click() });
  }
  return found;
}

if (input) {
  suggest(input, async () => {
    const text = input.value.trim();
    const wanted = text.toLowerCase();
    const jump = input.form.action;
    const search = text ? [
      { text: `Sessions with “${text}”`, note: "Enter", take: go(`${jump}?q=${encodeURIComponent(text)}`) },
      { text: `Spans with “${text}”`, take: go(`${jump.replace(/go$/, "spans")}?mode=samples&q=${encodeURIComponent(`"${text.replace(/"/g, "")}"`)}`) },
      { text: `User ${text}`, take: go(`${jump.replace(/go$/, "users")}/${encodeURIComponent(text)}`) },
    ] : [];
    return search.concat(commands().filter(({ text: name }) => name.toLowerCase().includes(wanted)));
  });
}
