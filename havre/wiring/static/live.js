/* A list of work refreshes itself. Without this script the page works as it is. */
(() => {
  "use strict";

  const about = document.querySelector("[data-refreshes]");
  const said = about.querySelector("[data-said]");
  const show = about.querySelector("[data-show]");
  const list = (page = document) => page.querySelector("[data-live=rows]");
  const rows = () => [...list().querySelectorAll(".row-title")];
  /* What came since, while what is shown is being read. */
  let waiting = null;

  said.hidden = false;

  /* Only where a list says so: it stays as it is while somebody points at it, stands in it or has scrolled into it. */
  const isRead = () =>
    "stays" in about.dataset &&
    (list().matches(":hover, :focus-within") || list().getBoundingClientRect().top < 0);

  const words = (page) => {
    const since = list().dataset.asOf;
    const fresh = [...page.querySelectorAll("[data-at]")].filter((row) => row.dataset.at > since);
    if (!fresh.length) {
      return about.dataset.changed;
    }
    const form = fresh.length === 1 ? about.dataset.one : about.dataset.many;
    return form.replace("{new}", fresh.length);
  };

  const say = (text) => {
    if (said.textContent !== text) {
      said.textContent = text;
    }
  };

  const replace = (page) => {
    const focused = document.activeElement.getAttribute("href");
    for (const fresh of page.querySelectorAll("[data-live]")) {
      document.querySelector(`[data-live=${fresh.dataset.live}]`).replaceWith(fresh);
    }
    rows().find((link) => link.getAttribute("href") === focused)?.focus();
  };

  const refresh = async () => {
    if (document.hidden || document.activeElement.closest("[data-live] form")) {
      return;
    }
    const answer = await fetch(location.href, {
      headers: {
        "HX-Request": "true",
        "If-None-Match": list(waiting || document).dataset.mark,
        "X-Havre-Opened-For": document.querySelector("[data-opened-for]").dataset.openedFor,
      },
      redirect: "manual",
    });
    if (answer.headers.has("HX-Redirect") || answer.type === "opaqueredirect") {
      location.reload();
      return;
    }
    if (answer.ok) {
      waiting = new DOMParser().parseFromString(await answer.text(), "text/html");
    }
    if (waiting) {
      const stays = isRead();
      say(words(waiting));
      if (show) {
        show.hidden = !stays;
      }
      if (!stays) {
        replace(waiting);
        waiting = null;
      }
    }
  };

  /* A refresh that fails is tried again with the next one; what is shown stays. */
  setInterval(() => refresh().catch(() => {}), Number(about.dataset.seconds) * 1000);
})();
