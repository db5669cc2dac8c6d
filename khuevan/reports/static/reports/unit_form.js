// A unit's form: saved as it goes, reasons asked for where a figure differs, records shown in place, rows added.
// Without this file the page has its own buttons for all of it.

const form = document.querySelector("[data-unit-form]");
const said = document.querySelector("[data-words]")?.dataset;

// Records that a figure counts, beneath it.
for (const link of document.querySelectorAll("[data-records]")) {
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const figure = link.closest("[data-figure]");
    const there = figure.querySelector(".uf-shown-records");
    if (there) {
      there.hidden = !there.hidden;
      link.setAttribute("aria-expanded", String(!there.hidden));
      return;
    }
    const place = Object.assign(document.createElement("div"), { className: "uf-shown-records" });
    place.setAttribute("role", "status");
    place.textContent = said.loading;
    figure.querySelector(".uf-entry").after(place);
    try {
      const answer = await fetch(`${link.href}?phan=1`);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
      link.setAttribute("aria-expanded", "true");
    } catch {
      location.href = link.href;
    }
  });
}

if (form) {
  const state = form.querySelector("[data-state]");
  const problem = document.querySelector("[data-problem]");
  const rows = form.querySelector("[data-rows]");
  let changes = 0;
  let timer = 0;
  let saving = null;
  let leaving = false;
  let rowNumber = 0;

  // A number as people type it, for comparing alone: the server reads it properly.
  const digits = (text) => text.trim().replace(/[\s.\u00a0]/g, "").replace(",", ".");

  function differs(figure) {
    const known = figure.dataset.known;
    const typed = digits(figure.querySelector(".uf-number").value);
    return known !== "" && typed !== "" && !Number.isNaN(Number(typed)) && Number(typed) !== Number(known);
  }

  function askReason(figure) {
    const reason = figure.querySelector("[data-reason]");
    if (reason) reason.hidden = !differs(figure) && !reason.querySelector("input").value;
  }

  for (const figure of form.querySelectorAll("[data-figure]")) {
    if (figure.querySelector(".uf-number")) askReason(figure);
  }

  // Difficulties: one blank row is enough where more can be added.
  const fields = (row) => [...row.querySelectorAll("textarea")];
  const isBlank = (row) => fields(row).every((one) => !one.value.trim());

  function addRow(text = "", asks = "") {
    const row = document.querySelector("[data-row-template]").content.firstElementChild.cloneNode(true);
    rowNumber += 1;
    for (const label of row.querySelectorAll("label")) label.htmlFor += rowNumber;
    for (const field of fields(row)) field.id += rowNumber;
    [fields(row)[0].value, fields(row)[1].value] = [text, asks];
    rows.append(row);
    dropButton(row);
    return row;
  }

  function dropButton(row) {
    const button = row.querySelector("[data-drop]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next ?? addRow()).querySelector("textarea").focus();
      touched();
    });
  }

  const blanks = [...rows.children].filter(isBlank);
  for (const row of blanks.slice(1)) row.remove();
  for (const row of rows.children) dropButton(row);
  form.querySelector("[data-add]").addEventListener("click", (event) => {
    event.preventDefault();
    addRow().querySelector("textarea").focus();
  });

  const typedRows = () =>
    [...rows.children].map((row) => fields(row).map((one) => one.value.trim())).filter((row) => row.some(Boolean));

  // Saving
  // While a colleague's words stand beside one's own, only the person decides: nothing is saved by itself.
  const undecided = () => form.querySelector(".uf-conflict") !== null;

  function later(milliseconds) {
    clearTimeout(timer);
    if (undecided()) state.textContent = said.conflict;
    else timer = setTimeout(save, milliseconds);
  }

  function touched() {
    changes += 1;
    state.textContent = said.changed;
    later(3000);
  }

  form.addEventListener("input", (event) => {
    const figure = event.target.closest("[data-figure]");
    if (figure) askReason(figure);
    touched();
  });

  // Whoever signed in again in another window has a new token against forged requests: this page takes it over.
  async function isSignedInAgain() {
    const answer = await fetch(form.action);
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[data-unit-form] [name=csrfmiddlewaretoken]")?.value;
    if (!token || token === form.elements.csrfmiddlewaretoken.value) return false;
    form.elements.csrfmiddlewaretoken.value = token;
    return true;
  }

  async function save(isSecondTry = false) {
    clearTimeout(timer);
    if (saving) return;
    const seen = changes;
    const data = new FormData(form);
    data.set("do", "save");
    state.textContent = said.saving;
    try {
      saving = fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const answer = await saving;
      if (answer.status === 403 && isSecondTry !== true && (await isSignedInAgain())) {
        saving = null;
        await save(true);
        return;
      }
      if (answer.redirected || !(answer.headers.get("Content-Type") ?? "").includes("json")) {
        say(answer.status === 403 || answer.redirected ? said.signedOut : said.offline);
        state.textContent = said.changed;
        return;
      }
      const result = await answer.json();
      if (!answer.ok) {
        // Sent or closed meanwhile: what was typed stays on the page.
        say(result.problem);
        state.textContent = said.changed;
        return;
      }
      show(result, data, changes === seen);
      if (changes === seen) changes = 0;
    } catch {
      state.textContent = said.offline;
      timer = setTimeout(save, 15000);
      return;
    } finally {
      saving = null;
    }
    if (changes) later(3000);
  }

  function say(text) {
    problem.querySelector("[data-problem-text]").textContent = text;
    problem.querySelector("ul")?.remove();
    problem.hidden = false;
  }

  // A colleague's words that this page does not show yet (their field is being typed in) count as not seen: should
  // the person go on typing there, both are shown instead of one overwriting the other.
  function keepUnseen(result, unshown) {
    const before = JSON.parse(form.elements.seen.value || "{}");
    const seen = JSON.parse(result.seen);
    for (const name of result.theirs) {
      if (unshown.has(name) && name in before) seen[name] = before[name];
    }
    form.elements.seen.value = JSON.stringify(seen);
  }

  function show(result, sent, isStill) {
    const unshown = new Set();
    const hasTrouble = Object.keys(result.problems).length || Object.keys(result.conflicts).length;
    state.textContent = isStill ? result.said : said.changed;
    if (Object.keys(result.conflicts).length) say(result.said);
    else if (!hasTrouble) problem.hidden = true;
    for (const place of form.querySelectorAll("[data-trouble]")) {
      const name = place.dataset.trouble;
      const sentences = result.problems[name] ?? [];
      place.replaceChildren(
        ...sentences.map((one) => Object.assign(document.createElement("p"), { className: "vb-error", textContent: one })),
      );
      if (result.conflicts[name]) {
        place.append(
          Object.assign(document.createElement("p"), { className: "uf-conflict", textContent: result.conflicts[name] }),
        );
      }
      const field = form.elements[name];
      if (field instanceof HTMLElement) {
        if (sentences.length) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
        field.closest(".uf-figure, .vb-field")?.classList.toggle("vb-wrong", sentences.length > 0);
      }
    }
    // What was not touched since it was sent shows what stands now: a colleague's words, a figure counted anew.
    for (const [name, text] of Object.entries(result.texts)) {
      const field = form.elements[name];
      if (!field) continue;
      if (field === document.activeElement || field.value !== (sent.get(name) ?? "").replaceAll("\r\n", "\n")) {
        unshown.add(name);
      } else {
        field.value = text;
      }
    }
    for (const [key, [plain, text]] of Object.entries(result.known)) {
      const figure = form.querySelector(`[data-figure="${key}"]`);
      figure.dataset.known = plain;
      figure.querySelector("[data-known-text]").textContent = text;
      askReason(figure);
    }
    for (const [key, text] of Object.entries(result.computed)) {
      form.querySelector(`[data-computed="${key}"]`).textContent = text || "–";
    }
    for (const [anchor, count] of Object.entries(result.open)) {
      const place = document.querySelector(`[data-open="${anchor}"]`);
      place.hidden = !count;
      place.querySelector("b").textContent = count;
    }
    const isTyping = rows.contains(document.activeElement);
    if (result.difficulties && JSON.stringify(typedRows()) !== JSON.stringify(result.difficulties)) {
      if (isStill && !isTyping) {
        rows.replaceChildren();
        for (const [text, asks] of result.difficulties) addRow(text, asks);
        addRow();
      } else {
        unshown.add("difficulties");
      }
    }
    keepUnseen(result, unshown);
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "send") {
      leaving = true;
      return;
    }
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      save();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (changes && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));
}
