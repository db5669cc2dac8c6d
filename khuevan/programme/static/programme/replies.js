// Comforts of the form in which a unit reports; all of it works without this file.

const form = document.querySelector("form[data-reply]");

for (const place of document.querySelectorAll("[data-focus]")) {
  place.focus({ preventScroll: false });
  break;
}

// The problems lead to their fields, also to those in a closed part.
for (const link of document.querySelectorAll(".rp-problems a")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const details = field.closest("details");
    if (details) details.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}

// What was typed and not sent is asked about before the page goes away.
function guardUnsaved(target) {
  let unsaved = target.dataset.unsaved === "yes";
  target.addEventListener("input", (event) => {
    if (event.target.name !== "words") unsaved = true;
  });
  target.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

// A button pressed twice sends once. What it says is put back when the page comes from the browser's memory.
function guardTwice(target) {
  let sending = false;
  const said = new Map();
  target.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
    const button = event.submitter;
    if (button?.dataset.busy) {
      said.set(button, button.textContent);
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    }
  });
  window.addEventListener("pageshow", () => {
    sending = false;
    for (const [button, text] of said) {
      button.removeAttribute("aria-busy");
      button.textContent = text;
    }
  });
}

// The chosen files by name and size, and dropping files on the field's whole box.
function showFiles(target) {
  const input = target.querySelector("input[type=file]");
  const box = input.closest("[data-drop]");
  const list = box.querySelector("[data-chosen]");
  const megabytes = new Intl.NumberFormat(document.documentElement.lang || "vi", { maximumFractionDigits: 1 });
  const most = Number(box.dataset.mostBytes);
  const wrong = (text) => {
    const sign = document.createElement("strong");
    sign.textContent = text;
    return sign;
  };
  input.addEventListener("change", () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} · ${megabytes.format(Math.max(file.size / 1000000, 0.1))} MB`;
        if (file.size > most) item.append(" ", wrong(box.dataset.tooBig));
        return item;
      }),
    );
    const many = input.files.length > Number(box.dataset.mostFiles);
    if (many) {
      const item = document.createElement("li");
      item.append(wrong(box.dataset.tooMany));
      list.prepend(item);
    }
    list.hidden = input.files.length < 2 && !list.querySelector("strong");
  });
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    box.addEventListener(kind, () => box.classList.remove("is-over"));
  }
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Another row for a web address, copied from the last one.
function addRows(target) {
  const rows = target.querySelector("[data-rows]");
  const button = rows.querySelector("[data-add-row]");
  let number = 200;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const last = [...rows.querySelectorAll("[data-row]")].at(-1);
    const row = last.cloneNode(true);
    number += 1;
    for (const list of row.querySelectorAll(".errorlist")) list.remove();
    for (const part of row.querySelectorAll(".rp-wrong")) part.classList.remove("rp-wrong");
    for (const field of row.querySelectorAll("input")) {
      const id = `${field.id.replace(/-\d+$/, "")}-${number}`;
      row.querySelector(`label[for="${field.id}"]`)?.setAttribute("for", id);
      field.id = id;
      field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
      if (field.type !== "date") field.value = "";
    }
    last.after(row);
    row.querySelector("input").focus();
  });
}

// Records found without leaving the page; those ticked already stay.
function findRecords(target) {
  const button = target.querySelector("[data-find]");
  const words = target.querySelector("input[name=words]");
  const place = target.querySelector("[data-found]");
  async function find() {
    const answer = await fetch(`${button.dataset.find}?${new URLSearchParams({ words: words.value })}`);
    if (!answer.ok) return false;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const ticked = [...place.querySelectorAll("li:has(input:checked)")];
    const held = new Set(ticked.map((item) => item.querySelector("input").value));
    const fresh = [...found.body.children];
    for (const input of found.querySelectorAll("input")) {
      if (held.has(input.value)) input.closest("li").remove();
    }
    if (ticked.length) {
      const list = document.createElement("ul");
      list.className = "rp-found";
      list.append(...ticked);
      fresh.unshift(list);
    }
    place.replaceChildren(...fresh);
    return true;
  }
  button.addEventListener("click", async (event) => {
    if (button.dataset.failed) return;
    event.preventDefault();
    const done = await find().catch(() => false);
    if (!done) {
      // The way without this file: the draft is saved and the page comes back with what was found.
      button.dataset.failed = "yes";
      button.click();
    }
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });
}

if (form) {
  guardTwice(form);
  guardUnsaved(form);
  showFiles(form);
  addRows(form);
  findRecords(form);
}
