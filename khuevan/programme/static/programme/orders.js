// Comforts on the pages at which work is ordered; all of them work without this file.

const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/gi, "d")
    .toLowerCase();

// What this file says, in the language of the page.
const words = document.getElementById("order-words")?.dataset ?? {};

// Letters narrow a long list of units. The list is rebuilt, because not every browser hides an option.
function filterUnits(select, { below = false } = {}) {
  const groups = [...select.querySelectorAll("optgroup")];
  if (select.options.length < 12 || groups.length === 0 || select.dataset.units) return;
  select.dataset.units = "narrowed";
  const all = groups.map((group) => ({ group, options: [...group.children] }));
  const field = document.createElement("input");
  field.type = "search";
  field.className = "od-filter";
  field.autocomplete = "off";
  field.placeholder = words.narrow;
  const label = select.labels?.[0]?.textContent.trim() || select.getAttribute("aria-label") || "";
  field.setAttribute("aria-label", `${words.narrowLabel}: ${label}`);
  const count = document.createElement("p");
  count.className = "od-filter-count";
  count.setAttribute("role", "status");
  // Below where the list is open already: it must not slip away from under the pointer.
  if (below) select.after(field, count);
  else {
    select.before(field);
    select.after(count);
  }
  field.addEventListener("input", () => {
    const typed = fold(field.value).split(/\s+/).filter(Boolean);
    const fits = (option) => typed.every((part) => fold(option.textContent).includes(part));
    let found = 0;
    for (const { group, options } of all) {
      const fitting = options.filter((option) => option.selected || fits(option));
      group.replaceChildren(...fitting);
      if (fitting.length) select.append(group);
      else group.remove();
      found += fitting.filter(fits).length;
    }
    count.textContent = typed.length ? (found ? `${found} ${words.found}` : words.none) : "";
    // One that fits alone is what was meant.
    if (found === 1 && typed.length && !select.multiple) {
      const only = [...select.options].find((option) => option.value && fits(option));
      if (only) select.value = only.value;
    }
  });
  // The Enter key in the filter must not send the form.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// Several units by plain clicks, and their names below the list.
function chooseSeveral(select) {
  const details = select.closest("details");
  const shown = details?.querySelector("[data-count]");
  const empty = shown?.textContent;
  const names = document.createElement("p");
  names.className = "od-chosen";
  details?.after(names);
  const tell = () => {
    const chosen = [...select.selectedOptions];
    names.textContent = chosen.map((option) => option.textContent).join("; ");
    if (shown) shown.textContent = chosen.length ? `${chosen.length} ${words.chosen}` : words.choose;
  };
  select.addEventListener("mousedown", (event) => {
    if (!(event.target instanceof HTMLOptionElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const top = select.scrollTop;
    event.target.selected = !event.target.selected;
    select.focus({ preventScroll: true });
    select.scrollTop = top;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  select.addEventListener("change", tell);
  if (empty) tell();
}

// A list with every unit is made a field to type in only when somebody comes to it: a page may have forty.
for (const select of document.querySelectorAll("select[data-units]")) {
  if (select.multiple) {
    chooseSeveral(select);
    select.closest("details")?.addEventListener("toggle", () => filterUnits(select), { once: true });
    if (select.closest("details")?.open) filterUnits(select);
  } else if (select.closest(".od-cell")) {
    select.addEventListener("focus", () => filterUnits(select, { below: true }), { once: true });
  } else {
    filterUnits(select);
  }
}

for (const element of document.querySelectorAll("[data-without-js]")) element.hidden = true;

// The days of a deadline rule, while it is being picked.
const MONTHS = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, NINE_MONTHS: 9, YEAR: 12 };

function nameMonths(form) {
  const { period, month } = form.elements;
  const last = MONTHS[period.value] ?? 12;
  const wanted = month.value;
  const name = (number) => {
    if (period.value === "QUARTER") return form.dataset.quarter.split("|")[number - 1];
    const both = period.value === "HALF_YEAR" ? ` ${form.dataset.and} ${number + 6}` : "";
    return `${form.dataset.month} ${number}${both}`;
  };
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  month.replaceChildren(...numbers.map((number) => new Option(name(number), String(number))));
  // The last month is what most rules mean; one that the new period does not have becomes it.
  month.value = Number(wanted) <= last ? wanted : String(last);
}

function watchDeadline(form) {
  const place = form.querySelector("[data-preview]");
  let timer;
  let latest = 0;
  const show = async () => {
    const number = ++latest;
    const fields = new FormData(form);
    fields.delete("csrfmiddlewaretoken");
    const answer = await fetch(`${form.dataset.days}?${new URLSearchParams(fields)}`, {
      headers: { Accept: "application/json" },
    }).catch(() => null);
    if (!answer?.ok || number !== latest) return;
    const found = await answer.json();
    if (number === latest) tellDays(place, found);
  };
  form.addEventListener("input", (event) => {
    if (event.target === form.elements.period) nameMonths(form);
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  nameMonths(form);
  show();
}

function tellDays(place, found) {
  const line = (className, text, tag = "p") => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.textContent = text;
    return element;
  };
  if (found.errors) {
    place.replaceChildren(line("pg-quiet", place.dataset.empty));
    return;
  }
  const parts = [];
  if (found.sentence) parts.push(line("od-preview-sentence", `${found.sentence}.`));
  if (found.remark) parts.push(line("od-preview-remark", found.remark));
  if (found.days.length) {
    const list = document.createElement("ol");
    list.className = "od-days";
    for (const { day, note } of found.days) {
      const item = document.createElement("li");
      item.append(line("", day, "strong"));
      if (note) item.append(line("", note, "span"));
      list.append(item);
    }
    parts.push(list);
  }
  place.replaceChildren(...parts);
}

for (const form of document.querySelectorAll("form[data-deadline]")) watchDeadline(form);
