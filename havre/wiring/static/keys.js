/* Keys of one letter lead through lists and pages. Without this script the page works as it is. */
(() => {
  "use strict";

  const box = document.querySelector("[data-keys]");
  const keys = box.querySelector("input");
  const rows = () => [...document.querySelectorAll("table .row-title")];

  /* They can be switched off, for whoever speaks to the computer, and stay off on every page. */
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

  const choose = (option) => {
    if (option) {
      option.selected = true;
      option.closest("form").requestSubmit();
    }
  };
  /* The kept filters, in their order; behind them stands the way to change them. Else, what a list may show. */
  const kept = () => [...document.querySelectorAll("[data-kept] a")].slice(0, -1);
  for (let place = 1; place <= 9; place += 1) {
    acts[place] = () => {
      kept()[place - 1]?.click();
      choose(document.querySelectorAll("[data-choices] option")[place - 1]);
    };
  }

  /* What bears a key of its own is led to, never done: that takes Enter. A link is followed. */
  const lead = (element) => {
    if (element.matches("a")) {
      element.click();
      return;
    }
    const folded = element.closest("details");
    if (folded) {
      folded.open = true;
    }
    const form = folded || element;
    (form.querySelector("select, textarea, input:not([type=hidden])") || element).focus();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (!keys.checked || typing || chord || event.repeat || !/^[a-z1-9]$/.test(event.key)) {
      return;
    }
    const led = document.querySelector(`[data-key=${CSS.escape(event.key)}]`);
    if (led || acts[event.key]) {
      event.preventDefault();
      led ? lead(led) : acts[event.key]();
    }
  });
})();
