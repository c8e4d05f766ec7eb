// While the next page is made: a thin line after 300 ms, after 3 s words and a way to stop.

const SLOW = 300;
const VERY_SLOW = 3000;

let bar;
let timers = [];
let began;

/** What the page that is on its way was asked with. */
let question = location.search;

function quiet() {
  timers.forEach(clearTimeout);
  timers = [];
  bar?.remove();
  bar = undefined;
}

function stop() {
  window.stop();
  quiet();
}

function show() {
  bar = document.createElement("div");
  bar.className = "loading";
  bar.setAttribute("role", "status");
  bar.append(document.createElement("i"));
  document.body.append(bar);
}

/** How many spans there are to look through for this question, if the server can say so. */
async function spans() {
  const project = document.body.dataset.project;
  try {
    const answer = await fetch(`/p/${encodeURIComponent(project)}/looking${question}`);
    return answer.ok ? (await answer.text()).trim() : "";
  } catch {
    return "";
  }
}

async function say() {
  if (!bar) {
    return;
  }
  const words = bar.querySelector("span") ?? bar.appendChild(document.createElement("span"));
  const count = await spans();
  words.textContent = count ? `Still looking through up to ${count} spans ` : "Still looking ";
  if (bar && !bar.querySelector("button")) {
    const button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = "Stop";
    button.addEventListener("click", stop);
  }
}

function begin() {
  quiet();
  began = Date.now();
  timers = [setTimeout(show, SLOW), setTimeout(say, VERY_SLOW)];
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link) {
    question = link.getAttribute("href").match(/\?[^#]*/)?.[0] ?? "";
  }
}, true);
addEventListener("submit", (event) => {
  const { target, submitter } = event;
  question = target.method === "get" ? `?${new URLSearchParams(new FormData(target, submitter))}` : "";
}, true);

// A page that goes for good is replaced by its successor: what is shown here ends with it.
addEventListener("beforeunload", begin);
addEventListener("pagehide", quiet);
addEventListener("pageshow", quiet);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar && Date.now() - began > SLOW) {
    stop();
  }
});
