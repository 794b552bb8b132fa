/* A page with work under way looks again by itself. Without this script there is a link to press. */
(() => {
  "use strict";

  const EVERY = 3000;
  const watched = () => document.querySelector("[data-watch]");

  const look = async () => {
    if (document.hidden || !watched() || watched().contains(document.activeElement)) {
      return;
    }
    const answer = await fetch(location.href, {
      headers: {
        "HX-Request": "true",
        "If-None-Match": watched().dataset.mark,
        "X-Havre-Opened-For": document.querySelector("[data-opened-for]").dataset.openedFor,
      },
      redirect: "manual",
    });
    if (answer.headers.has("HX-Redirect") || answer.type === "opaqueredirect") {
      location.reload();
    } else if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-watch]");
      if (fresh) {
        watched().replaceWith(fresh);
      } else {
        location.reload();
      }
    }
  };

  /* A look that fails is tried again with the next one; what is shown stays. */
  setInterval(() => look().catch(() => {}), EVERY);
})();
