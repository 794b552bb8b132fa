/* The queue refreshes itself. Without this script the page works as it is. */
(() => {
  "use strict";

  const about = document.querySelector("[data-queue]");
  const said = about.querySelector("[data-said]");
  const rows = () => [...document.querySelectorAll("[data-live=rows] .row-title")];

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
