/* The queue refreshes itself and listens to a few keys. Without this script the page works as it is. */
(() => {
  "use strict";

  const about = document.querySelector("[data-queue]");
  const box = about.querySelector("[data-keys]");
  const keys = box.querySelector("input");
  const said = about.querySelector("[data-said]");
  const rows = () => [...document.querySelectorAll("[data-live=rows] .row-title")];

  /* Keys of one letter can be switched off, for whoever speaks to the computer. */
  keys.checked = localStorage.getItem("queue-keys") !== "off";
  keys.addEventListener("change", () => {
    localStorage.setItem("queue-keys", keys.checked ? "on" : "off");
  });
  box.hidden = false;

  const rowOf = (element) => element && element.closest("tr");
  const here = () => rows().findIndex((link) => rowOf(link) === rowOf(document.activeElement));

  const acts = {
    j: () => rows()[Math.min(here() + 1, rows().length - 1)]?.focus(),
    k: () => rows()[Math.max(here() - 1, 0)]?.focus(),
    o: () => rows()[here()]?.click(),
    c: () => rowOf(rows()[here()])?.querySelector("form button")?.click(),
  };
  /* The kept filters, in their order; behind them stands the way to change them. */
  for (let place = 1; place <= 9; place += 1) {
    acts[place] = () => [...document.querySelectorAll("[data-kept] a")].slice(0, -1)[place - 1]?.click();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (keys.checked && !typing && !chord && !event.repeat && acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });

  const replace = (page) => {
    const focused = document.activeElement.getAttribute("href");
    for (const fresh of page.querySelectorAll("[data-live]")) {
      document.querySelector(`[data-live=${fresh.dataset.live}]`).replaceWith(fresh);
    }
    rows().find((link) => link.getAttribute("href") === focused)?.focus();
    said.textContent = about.dataset.new;
  };

  const refresh = async () => {
    const mark = document.querySelector("[data-live=rows]").dataset.mark;
    if (document.hidden || document.activeElement.closest("[data-live] form")) {
      return;
    }
    const answer = await fetch(location.href, {
      headers: {
        "HX-Request": "true",
        "If-None-Match": mark,
        "X-Havre-Opened-For": document.querySelector("[data-opened-for]").dataset.openedFor,
      },
      redirect: "manual",
    });
    if (answer.headers.has("HX-Redirect") || answer.type === "opaqueredirect") {
      location.reload();
    } else if (answer.ok) {
      replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
  };

  /* A refresh that fails is tried again with the next one; what is shown stays. */
  setInterval(() => refresh().catch(() => {}), Number(about.dataset.seconds) * 1000);
})();
