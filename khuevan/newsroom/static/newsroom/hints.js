// Asks for the hints anew a moment after the last change; without this script they are those of the last save.
const PAUSE = 1500;

for (const panel of document.querySelectorAll("[data-hints-url]")) {
  const form = panel.closest("form");
  let timer = 0;
  let asked = null;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(panel.dataset.hintsUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest" },
        credentials: "same-origin",
        signal: asked.signal,
      });
      // Somebody who was signed out, or a page that is gone: the hints stay as they are.
      if (answer.ok && !answer.redirected) {
        panel.innerHTML = await answer.text();
      }
    } catch {
      // The connection is lost or a newer question was asked.
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  form?.addEventListener("input", later);
  form?.addEventListener("change", later);
}
