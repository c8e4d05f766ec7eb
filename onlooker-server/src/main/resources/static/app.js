// What scripts add to pages that work without them: the theme at once, the zone of the clock, keys.
import "./keys.js";
import "./query.js";
import "./jump.js";
import "./chart.js";
import "./copy.js";
import "./loading.js";
import "./reader.js";
import { remember } from "./cookies.js";

// The server writes times in the zone this cookie names; the first page after a change is read again.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`zone=${zone}`)) {
  remember("zone", zone);
}

// The turn that the address names, also without its anchor.
if (!location.hash) {
  document.querySelector(".turn.here")?.scrollIntoView();
}

// What is being counted is looked at again until it is done.
if (document.querySelector("[data-refresh=true]")) {
  setTimeout(() => location.assign(location.pathname), 1000);
}

const NEXT = { system: "light", light: "dark", dark: "system" };
const LABEL = { system: "auto", light: "light", dark: "dark" };

for (const link of document.querySelectorAll("[data-theme-to]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const theme = link.dataset.themeTo;
    remember("theme", theme === "system" ? "" : theme);
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    link.textContent = LABEL[theme];
    link.dataset.themeTo = NEXT[theme];
  });
}

// An open step is part of the address, so that the link to it can be sent to somebody.
for (const step of document.querySelectorAll("details[data-step]")) {
  step.addEventListener("toggle", () => {
    const url = new URL(location.href);
    if (step.open) {
      url.searchParams.set("step", step.dataset.step);
    } else if (url.searchParams.get("step") === step.dataset.step) {
      url.searchParams.delete("step");
    }
    history.replaceState(history.state, "", url);
  });
}

// A link to a step leads the focus there too; only now, for the browser takes it away while it loads.
addEventListener("pageshow", (event) => {
  const linked = document.querySelector("details[data-step][open] > summary");
  if (linked && !event.persisted) {
    linked.focus({ preventScroll: true });
    linked.scrollIntoView({ block: "nearest" });
  }
});
