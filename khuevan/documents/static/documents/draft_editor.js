// The editor of a draft. Without this file every line has buttons of its own and the page answers from the server.

import {
  addBelow, field, fromPrototype, grow, isText, level, list, moveDown, moveIn, moveOut, moveUp, remove, renumber, rows,
  setLevel, takeBack, withoutButtons, words,
} from "./draft_rows.js";
import { clipboardText, fillCells, tableAct, widen } from "./draft_tables.js";
import { refreshPages, tabs } from "./draft_preview.js";

const page = document.querySelector("[data-draft]");
const form = document.querySelector("[data-editor]");
page.classList.add("dr-live");
const showTab = tabs(page);

if (form) edit();

function edit() {
  const said = document.querySelector("[data-words]").dataset;
  const ribbon = form.querySelector("[data-ribbon]");
  const state = form.querySelector("[data-save-state]");
  const problem = form.querySelector("[data-problem]");
  const status = page.querySelector("[data-status]");
  const moves = page.querySelector("[data-moves]");
  const levelChoice = ribbon.querySelector("[data-act='level']");
  const titledButton = ribbon.querySelector("[data-act='titled']");
  const current = { row: null };
  let changes = form.hasAttribute("data-unsaved") ? 1 : 0;
  let leaving = false;
  let saving = null;

  ribbon.hidden = false;
  form.querySelectorAll("[data-cite-text]").forEach((button) => (button.hidden = false));
  form.querySelectorAll("textarea[data-grows]").forEach(grow);
  list.querySelectorAll("[data-kind='table']").forEach(widen);
  rows().forEach(withoutButtons);
  list.addEventListener("focusin", (event) => choose(event.target.closest("[data-row]")));
  if (changes) state.textContent = said.changed;
  choose(list.querySelector(`#row-${CSS.escape(form.dataset.focus || "none")}`) ?? list.firstElementChild);
  if (form.dataset.focus) focusOn(current.row);

  // A finding or comment that leads to a line puts the caret there.
  function toNamedLine() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest?.("[data-row]");
    if (!row || !list.contains(row)) return;
    choose(row);
    focusOn(row);
    row.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", toNamedLine);
  toNamedLine();

  function touched() {
    changes += 1;
    state.textContent = said.changed;
    form.dataset.unsaved = "";
  }

  function choose(row) {
    if (!row) return;
    if (current.row !== row) {
      current.row?.classList.remove("dr-current");
      row.classList.add("dr-current");
      current.row = row;
    }
    levelChoice.disabled = !isText(row);
    titledButton.disabled = !isText(row);
    levelChoice.value = level(row);
    titledButton.setAttribute("aria-pressed", String(isText(row) && field(row, "titled").checked));
  }

  function focusOn(row, atEnd = false) {
    const target = row?.querySelector("textarea, input:not([type=hidden])");
    if (!target) return;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (atEnd && target.setSelectionRange) target.setSelectionRange(target.value.length, target.value.length);
  }

  // What changed the structure: labels follow, the current line stays the current one, its new label is said.
  function restructured(row, tell = false) {
    renumber();
    choose(row);
    touched();
    if (tell) moves.textContent = `${said.moved}${row.querySelector(".dr-label").textContent}`;
  }

  function around(mark) {
    const area = words(current.row);
    if (!area) return;
    const { selectionStart: from, selectionEnd: to, value } = area;
    const inner = value.slice(from, to);
    const wraps = value.slice(from - 2, from) === mark && value.slice(to, to + 2) === mark;
    area.focus();
    if (wraps) area.setRangeText(inner, from - 2, to + 2, "select");
    else area.setRangeText(mark + inner + mark, from, to, "end");
    if (!wraps) area.setSelectionRange(from + 2, to + 2);
    touched();
  }

  const acts = {
    up: (row) => moveUp(row) && restructured(row, true),
    down: (row) => moveDown(row) && restructured(row, true),
    in: (row) => moveIn(row) && restructured(row, true),
    out: (row) => moveOut(row) && restructured(row, true),
    titled(row) {
      const tick = field(row, "titled");
      if (!tick) return;
      tick.checked = !tick.checked;
      restructured(row);
    },
    add(row) {
      const fresh = addBelow(row);
      restructured(fresh);
      focusOn(fresh);
    },
    table(row) {
      const fresh = fromPrototype("table");
      if (row) row.after(fresh);
      else list.append(fresh);
      widen(fresh);
      restructured(fresh);
      focusOn(fresh);
    },
    picture(row) {
      const part = form.querySelector("[data-insert='picture']");
      part.open = true;
      part.querySelector("[data-picture-button]").value = `picture:${row?.dataset.row ?? "end"}`;
      part.scrollIntoView({ block: "center" });
      part.querySelector("input[type=file]").focus();
    },
    remove(row) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      remove(row, said.table);
      const stays = row.isConnected ? row : next;
      restructured(stays);
      if (row.isConnected) row.querySelector(".dr-gone button").focus();
      else focusOn(stays, true);
    },
    comment(row) {
      const place = document.getElementById("comment-ref");
      place.value = row.dataset.ref;
      showTab("gop-y");
      document.getElementById("comment-text").focus();
    },
    bold: () => around("**"),
    italic: () => around("__"),
  };

  ribbon.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (!act || !current.row) return;
    acts[act](current.row);
    if (["up", "down", "in", "out", "titled"].includes(act) && document.activeElement?.closest?.("[data-ribbon]")) {
      // The keyboard stays on the button; a finger or mouse goes on in the line.
      if (event.detail > 0) focusOn(current.row, true);
    }
  });
  levelChoice.addEventListener("change", () => {
    if (!current.row || !isText(current.row)) return;
    setLevel(current.row, levelChoice.value);
    restructured(current.row);
  });

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    const inWords = event.target.classList.contains("dr-words");
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const act = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" }[event.key];
      if (act) {
        event.preventDefault();
        acts[act](row);
      } else if (event.code === "KeyT" && isText(row)) {
        event.preventDefault();
        acts.titled(row);
      }
      return;
    }
    if (!inWords || event.isComposing) return;
    const area = event.target;
    if ((event.ctrlKey || event.metaKey) && (event.code === "KeyB" || event.code === "KeyI")) {
      event.preventDefault();
      acts[event.code === "KeyB" ? "bold" : "italic"](row);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      splitAt(row, area);
    } else if (event.key === "Backspace" && area.selectionStart === 0 && area.selectionEnd === 0) {
      backspace(event, row, area);
    } else if (event.key === "ArrowUp" && area.selectionStart === 0 && area.selectionEnd === 0) {
      stepTo(event, row.previousElementSibling);
    } else if (event.key === "ArrowDown" && area.selectionStart === area.value.length) {
      stepTo(event, row.nextElementSibling);
    }
  });

  // Enter ends the line: what stands behind the caret goes on in the next one.
  function splitAt(row, area) {
    const rest = area.value.slice(area.selectionEnd);
    area.value = area.value.slice(0, area.selectionStart);
    const fresh = addBelow(row);
    words(fresh).value = rest.trimStart();
    if (rest && field(row, "titled").checked && !area.value.trim()) setLevel(fresh, level(row));
    grow(area);
    restructured(fresh);
    const target = words(fresh);
    target.focus({ preventScroll: true });
    target.setSelectionRange(0, 0);
    fresh.scrollIntoView({ block: "nearest" });
  }

  // Backspace at the beginning: a labelled line becomes a paragraph, a paragraph goes on in the line above.
  function backspace(event, row, area) {
    const before = row.previousElementSibling;
    if (level(row) !== "text" && area.value !== "") {
      event.preventDefault();
      setLevel(row, "text");
      restructured(row);
      return;
    }
    if (!before || !isText(before) || field(before, "removed")) {
      if (area.value === "" && rows().length > 1) {
        event.preventDefault();
        acts.remove(row);
      }
      return;
    }
    event.preventDefault();
    const target = words(before);
    const place = target.value.length;
    target.value += area.value;
    row.remove();
    restructured(before);
    target.focus();
    target.setSelectionRange(place, place);
    grow(target);
  }

  function stepTo(event, row) {
    const target = row && !field(row, "removed") ? row.querySelector("textarea") : null;
    if (!target) return;
    event.preventDefault();
    target.focus();
    const place = event.key === "ArrowUp" ? target.value.length : 0;
    target.setSelectionRange(place, place);
  }

  list.addEventListener("paste", async (event) => {
    const row = event.target.closest("[data-row]");
    const text = clipboardText(event.clipboardData).replace(/\r\n?/g, "\n");
    const cell = event.target.closest(".dr-grid tbody td");
    if (cell) {
      if (!text.includes("\t") && !text.trim().includes("\n")) return;
      event.preventDefault();
      fillCells(row, cell, text.trim().split("\n").map((line) => line.split("\t")));
      touched();
      return;
    }
    if (!event.target.classList.contains("dr-words") || (!text.trim().includes("\n") && !text.includes("\t"))) return;
    event.preventDefault();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("paste-text", text);
    rows().forEach((one) => data.append("row", one.dataset.row));
    const answer = await sent(form.dataset.pasteUrl, data);
    if (!answer) return;
    if (!answer.ok) {
      say((await answer.json()).problem);
      return;
    }
    const holder = document.createElement("ol");
    holder.innerHTML = await answer.text();
    const fresh = [...holder.children];
    row.after(...fresh);
    fresh.forEach((one) => one.querySelectorAll("textarea[data-grows]").forEach(grow));
    fresh.forEach(withoutButtons);
    fresh.filter((one) => one.dataset.kind === "table").forEach(widen);
    if (isText(row) && words(row).value.trim() === "") row.remove();
    restructured(fresh[fresh.length - 1] ?? row);
    focusOn(fresh[fresh.length - 1], true);
  });

  form.addEventListener("input", (event) => {
    if (event.target.matches("#basis-words, #paste-text, [data-act]")) return;
    touched();
    if (event.target.matches("textarea")) grow(event.target);
    if (event.target.matches("[name^='width-']")) widen(event.target.closest("[data-row]"));
    if (event.target.matches("[data-own-label], [name^='annex_label-']")) renumber();
  });

  list.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".dr-grid tbody td");
    if (cell) cell.closest("[data-row]").lastCell = cell;
  });

  // Buttons that the script can answer itself; all others send the page.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-row]");
    if (button.dataset.tableAct) {
      event.preventDefault();
      tableAct(row, button.dataset.tableAct);
      touched();
    } else if (button.closest(".dr-gone")) {
      event.preventDefault();
      takeBack(row);
      restructured(row);
      focusOn(row);
    } else if (button.matches("[data-add-end]")) {
      event.preventDefault();
      acts.add(list.lastElementChild);
    } else if (button.value === "table:end") {
      event.preventDefault();
      acts.table(list.lastElementChild);
    } else if (button.closest("[data-basis]")) {
      event.preventDefault();
      moveBasis(button.closest("[data-basis]"), button.value);
    } else if (button.matches("[data-bases-words]")) {
      event.preventDefault();
      const field = form.querySelector("#basis-words");
      addBasis(field.value.trim() || "Căn cứ ", null);
      field.value = "";
    } else if (button.matches("[data-bases-search]")) {
      event.preventDefault();
      findBases();
    } else if (button.dataset.citeBasis) {
      event.preventDefault();
      addBasis(button.dataset.clause, button.dataset.citeBasis);
      form.querySelector("[data-found]").replaceChildren();
    } else if (button.dataset.citeText) {
      cite(button.dataset.citeText);
    }
  });

  function moveBasis(basis, value) {
    const bases = basis.parentElement;
    if (value.startsWith("basis-remove")) basis.remove();
    else if (value.startsWith("basis-up")) basis.previousElementSibling?.before(basis);
    else basis.nextElementSibling?.after(basis);
    touched();
    (basis.isConnected ? basis : bases).querySelector?.("textarea")?.focus();
  }

  function addBasis(clause, document_) {
    const bases = form.querySelector("[data-bases]");
    if (document_ && bases.querySelector(`[name^='basis_document-'][value='${document_}']`)) return;
    const fresh = fromPrototype("basis");
    fresh.querySelector("textarea").value = clause;
    // Who proposes stands last, as decisions are written.
    const last = bases.lastElementChild;
    if (document_ && last?.querySelector("textarea").value.startsWith("Theo đề nghị")) last.before(fresh);
    else bases.append(fresh);
    if (document_) {
      fresh.querySelector("[name^='basis_document-']").setAttribute("value", document_);
      const tick = fresh.querySelector(".dr-confirm");
      const tag = document.createElement("span");
      tag.className = "vb-tag vb-tag-good";
      tag.textContent = said.registered;
      tick.replaceWith(tag);
    }
    const area = fresh.querySelector("textarea");
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    touched();
  }

  async function findBases() {
    const query = new URLSearchParams({ "basis-words": form.querySelector("#basis-words").value });
    const answer = await sent(`${form.dataset.basesUrl}?${query}`);
    if (!answer?.ok) return;
    const found = form.querySelector("[data-found]");
    found.innerHTML = await answer.text();
    found.querySelectorAll("[data-cite-text]").forEach((button) => (button.hidden = false));
  }
  form.querySelector("#basis-words").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    findBases();
  });

  // The citation goes where the caret last stood in the text.
  function cite(text) {
    const area = current.row && isText(current.row) ? words(current.row) : null;
    if (!area) return;
    const before = area.value.slice(0, area.selectionStart);
    const gap = before && !/\s$/.test(before) ? " " : "";
    area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    grow(area);
    touched();
  }

  async function sent(url, body) {
    try {
      return await fetch(url, body ? { method: "POST", body } : {});
    } catch {
      say(said.offline);
      return null;
    }
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = false;
    problem.scrollIntoView({ block: "center" });
  }

  async function save() {
    if (saving) return;
    const seen = changes;
    const data = new FormData(form);
    data.set("do", "save");
    data.delete("picture-file");
    state.textContent = said.saving;
    saving = fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    try {
      const answer = await saving;
      if (answer.status === 409) {
        // Both texts are shown by the page itself.
        leaving = true;
        form.requestSubmit(form.querySelector(".dr-first"));
        return;
      }
      const result = await answer.json();
      if (!answer.ok) {
        state.textContent = said.changed;
        say(result.problem);
        marked(result.errors ?? {});
        return;
      }
      marked({});
      problem.hidden = true;
      form.elements.seen_version.value = result.version;
      form.querySelector("[data-unsaved-note]")?.remove();
      form.querySelector(".dr-conflict")?.remove();
      document.querySelector("[data-version-link]").textContent = `${said.version} ${result.version}`;
      state.textContent = changes === seen ? result.said : said.changed;
      status.textContent = result.said;
      if (changes === seen) {
        changes = 0;
        delete form.dataset.unsaved;
      }
      await refreshPages();
    } catch {
      state.textContent = said.changed;
      say(said.offline);
    } finally {
      saving = null;
    }
  }

  function marked(errors) {
    form.querySelectorAll(".errorlist").forEach((one) => one.remove());
    form.querySelectorAll(".vb-wrong").forEach((one) => one.classList.remove("vb-wrong"));
    for (const [name, sentences] of Object.entries(errors)) {
      const place = form.elements[name]?.closest(".vb-field");
      if (!place) continue;
      place.classList.add("vb-wrong");
      const found = document.createElement("ul");
      found.className = "errorlist";
      for (const sentence of sentences) found.append(Object.assign(document.createElement("li"), { textContent: sentence }));
      place.append(found);
      const part = place.closest("details");
      if (part) part.open = true;
    }
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (leaving || button?.matches("[data-native]") || (button && button.value !== "save")) {
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
  page.querySelector("[data-leave]")?.addEventListener("click", () => (leaving = true));
  window.addEventListener("beforeunload", (event) => {
    if (changes && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));
}
