// Small comforts on the programme's pages; all of them work without this file.

// A filter that was left empty need not stand in the address.
for (const form of document.querySelectorAll("form[data-tidy]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.type !== "checkbox" && field.value === "") {
        field.disabled = true;
      }
    }
  });
}
// Fields disabled on the way out must be usable again when the page comes back from the browser's memory.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    for (const field of document.querySelectorAll("form[data-tidy] :disabled:not([type=checkbox])")) {
      field.disabled = false;
    }
  }
});

// Paper shows the whole text of every task.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.pg-more:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
