/* Addresses proposed while a title is typed: "Đống Đa" gives dong-da, as the server does.
   Wagtail's own script drops Vietnamese letters, so the title is folded before it gets it. */

const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D");

const isSlug = (element) => element instanceof HTMLInputElement && element.dataset.controller?.includes("w-slug");

for (const name of ["w-sync:check", "w-sync:apply"]) {
  document.addEventListener(
    name,
    (event) => {
      if (isSlug(event.target) && typeof event.detail?.value === "string") {
        event.detail.value = folded(event.detail.value);
      }
    },
    { capture: true },
  );
}

document.addEventListener(
  "blur",
  (event) => {
    if (isSlug(event.target)) event.target.value = folded(event.target.value);
  },
  { capture: true },
);
