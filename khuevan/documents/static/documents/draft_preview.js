// The pages of the draft beside the editor: put in anew after saving, without losing the place.

const holder = document.querySelector("[data-pages]");

async function ready(url) {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    // The page shows what the browser shows of a picture that is not there.
  }
}

export async function refreshPages() {
  if (!holder) return;
  const answer = await fetch(holder.dataset.url, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = await answer.text();
  const place = holder.scrollTop;
  const old = [...holder.querySelectorAll("img")];
  const images = [...fresh.querySelectorAll("img")];
  // Pages in sight are drawn before they change, so that nothing flickers.
  const seen = holder.getBoundingClientRect();
  const inSight = images.filter((image, index) => {
    const box = old[index]?.getBoundingClientRect();
    return box && box.bottom > seen.top && box.top < seen.bottom;
  });
  await Promise.all(inSight.map((image) => ready(image.src)));
  inSight.forEach((image) => image.setAttribute("loading", "eager"));
  holder.replaceChildren(...fresh.children);
  holder.scrollTop = place;
}

// Tabs: on a wide page the editor stays and the others stand beside it; on a narrow one there is one at a time.
export function tabs(page) {
  const links = [...page.querySelectorAll("[data-tab]")];
  const wide = window.matchMedia("(min-width: 73rem)");
  const writes = links.some((link) => link.dataset.tab === "soan");
  let chosen = "";
  function show(name) {
    chosen = name;
    const shown = wide.matches && name === "soan" ? "ban-in" : name;
    page.dataset.chosen = shown;
    for (const link of links) {
      if (link.dataset.tab === shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `#${link.dataset.tab}`);
      show(link.dataset.tab);
    });
  }
  wide.addEventListener("change", () => show(chosen));
  function fromAddress() {
    const named = location.hash.slice(1);
    const panel = document.getElementById(named)?.closest("[data-panel]");
    return panel?.id ?? (writes ? "soan" : "ban-in");
  }
  show(fromAddress());
  window.addEventListener("hashchange", () => {
    // A finding that leads to its line leaves the findings beside the editor.
    const name = fromAddress();
    if (!(wide.matches && name === "soan")) show(name);
  });
  return show;
}
