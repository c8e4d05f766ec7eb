// What a row stands for, beside the list: the same page, without leaving this one.

let panel;

function load(address, then) {
  // A request for a document is parsed by the browser, and its scripts never run.
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.addEventListener("load", () => { if (request.response) { then(request.response); } });
  request.open("GET", address);
  request.send();
}

export { load };

function remember(id) {
  const url = new URL(location.href);
  if (id) {
    url.searchParams.set("step", id);
  } else {
    url.searchParams.delete("step");
  }
  history.replaceState(history.state, "", url);
}

export function close() {
  const open = panel?.isConnected;
  panel?.remove();
  if (open) {
    remember("");
  }
  return open;
}

/** Opens the row that has the focus; where there is no room beside the list, as a page. */
export function open(row = document.activeElement?.closest("tr")?.querySelector("a.row")) {
  if (!row) {
    return;
  }
  if (innerWidth < 1100) {
    row.click();
    return;
  }
  remember(row.closest("tr").id.slice(2));
  load(row.href, (page) => {
    close();
    remember(row.closest("tr").id.slice(2));
    panel = document.createElement("aside");
    panel.className = "beside-list";
    panel.setAttribute("aria-label", "Beside the list");
    const content = document.adoptNode(page.querySelector("main"));
    content.removeAttribute("id");
    content.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    const body = document.createElement("div");
    body.append(...content.childNodes);
    panel.append(body);
    document.body.append(panel);
  });
}

const asked = new URLSearchParams(location.search).get("step");
if (asked && document.querySelector(".list")) {
  open(document.getElementById(`r-${asked}`)?.querySelector("a.row"));
}
