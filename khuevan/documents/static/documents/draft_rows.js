// The lines of the editor in the page: what they hold, how they move, and the labels that follow from that.

import { INWARD, OUTWARD, placesOf, rankOf } from "./draft_outline.js";

export const list = document.querySelector("[data-rows]");

export const field = (row, name) => row.querySelector(`[name="${name}-${row.dataset.row}"]`);
export const rows = () => [...list.children];
export const words = (row) => row.querySelector("textarea.dr-words");
export const isText = (row) => row.dataset.kind === "text";
export const level = (row) => (isText(row) ? field(row, "level").value : "text");

// Grows a field with its words where the browser does not do so by itself.
const growsByItself = CSS.supports("field-sizing", "content");
export function grow(area) {
  if (growsByItself || !area) return;
  area.rows = Math.min(40, Math.max(1, Math.ceil((area.value.length + 1) / 60), area.value.split("\n").length));
}

function hiddenField(row, name, value) {
  const there = field(row, name);
  if (value === null) {
    there?.remove();
    return;
  }
  const input = there ?? Object.assign(document.createElement("input"), { type: "hidden", name: `${name}-${row.dataset.row}` });
  input.value = value;
  if (!there) row.prepend(input);
}

function lineOf(row) {
  const depth = field(row, "depth");
  return {
    kind: row.dataset.kind,
    level: level(row),
    text: isText(row) ? words(row).value : "",
    titled: isText(row) && field(row, "titled").checked,
    label: row.dataset.kind === "annex" ? field(row, "annex_label").value.trim() : isText(row) ? field(row, "label").value.trim() : "",
    depth: depth ? Number(depth.value) : null,
    removed: field(row, "removed") !== null,
  };
}

export function renumber() {
  const all = rows();
  const places = placesOf(all.map(lineOf));
  all.forEach((row, index) => {
    const { label, depth, ref } = places[index];
    const shown = row.querySelector(".dr-label");
    if (shown.textContent !== label) shown.textContent = label;
    row.dataset.ref = ref;
    const removed = field(row, "removed") !== null;
    const titled = isText(row) && field(row, "titled").checked;
    const name = `dr-row dr-depth-${Math.min(depth, 6)} dr-${row.dataset.kind} dr-l-${level(row)}${titled ? " dr-titled" : ""}${removed ? " dr-removed" : ""}`;
    const kept = row.classList.contains("dr-current") ? `${name} dr-current` : name;
    if (row.className !== kept) row.className = kept;
  });
}

let made = 0;
function freshKey() {
  do made += 1;
  while (document.getElementById(`row-k${made}`));
  return `k${made}`;
}

export function fromPrototype(kind) {
  const source = document.querySelector(`template[data-prototype="${kind}"]`).innerHTML;
  const holder = document.createElement("ol");
  holder.innerHTML = source.replaceAll("__key__", freshKey());
  const row = holder.querySelector("li");
  withoutButtons(row);
  return row;
}

const standsBelow = (row, above) => !isText(row) || level(row) === "text" || rankOf(level(row)) > rankOf(level(above));

// The row with everything that belongs to it.
export function blockOf(row) {
  const block = [row];
  if (!isText(row) || level(row) === "text") return block;
  let next = row.nextElementSibling;
  while (next && next.dataset.kind !== "annex" && standsBelow(next, row)) {
    block.push(next);
    next = next.nextElementSibling;
  }
  return block;
}

// Leaves the caret where it was: a field that moves loses it.
function keepingCaret(action) {
  const area = document.activeElement;
  const place = area instanceof HTMLTextAreaElement ? [area.selectionStart, area.selectionEnd] : null;
  action();
  if (place && list.contains(area)) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(...place);
    area.scrollIntoView({ block: "nearest" });
  }
}

// Puts the later lines before the earlier ones by moving the fewer of them: a browser counts every field of a
// form anew for each line that moves.
function exchange(earlier, later) {
  if (!earlier.length || !later.length) return;
  keepingCaret(() => {
    if (earlier.length <= later.length) later[later.length - 1].after(...earlier);
    else earlier[0].before(...later);
  });
}

// With the toolbar no line needs buttons of its own.
export function withoutButtons(row) {
  row.querySelectorAll(".dr-tools .dr-small-buttons").forEach((one) => one.remove());
}

const settle = (block) => block.forEach((row) => hiddenField(row, "depth", null));

export function moveUp(row) {
  const before = row.previousElementSibling;
  if (!before || row.dataset.kind === "annex" || before.dataset.kind === "annex") return false;
  const block = blockOf(row);
  let target = before;
  if (isText(row) && level(row) !== "text") {
    while (target.previousElementSibling && target.dataset.kind !== "annex" && standsBelow(target, row)) {
      target = target.previousElementSibling;
    }
  }
  settle(block);
  const passed = [];
  let one = target.dataset.kind === "annex" ? target.nextElementSibling : target;
  for (; one && one !== row; one = one.nextElementSibling) passed.push(one);
  exchange(passed, block);
  return true;
}

export function moveDown(row) {
  const block = blockOf(row);
  const next = block[block.length - 1].nextElementSibling;
  if (!next || row.dataset.kind === "annex" || next.dataset.kind === "annex") return false;
  const same = isText(row) && level(row) !== "text" && isText(next) && level(next) === level(row);
  const behind = same ? blockOf(next) : [next];
  settle(block);
  exchange(block, behind);
  return true;
}

export function setLevel(row, code) {
  field(row, "level").value = code;
  field(row, "label").value = "";
  hiddenField(row, "depth", null);
}

export function moveIn(row) {
  if (!isText(row) || INWARD[level(row)] === level(row)) return false;
  setLevel(row, INWARD[level(row)]);
  return true;
}

export function moveOut(row) {
  if (!isText(row)) return false;
  const hasArticles = rows().some((one) => level(one) === "article");
  const target = level(row) === "number" && hasArticles ? "article" : OUTWARD[level(row)];
  if (target === level(row)) return false;
  setLevel(row, target);
  return true;
}

export function addBelow(row) {
  const fresh = fromPrototype("text");
  if (!row) {
    list.append(fresh);
    return fresh;
  }
  row.after(fresh);
  if (!isText(row)) return fresh;
  const own = level(row);
  const next = fresh.nextElementSibling;
  if (field(row, "titled").checked) {
    const deeper = next && isText(next) && rankOf(level(next)) > rankOf(own);
    setLevel(fresh, deeper ? level(next) : INWARD[own]);
  } else {
    setLevel(fresh, own);
  }
  return fresh;
}

export function remove(row, gone) {
  if (isText(row) && words(row).value.trim() === "" && rows().length > 1) {
    row.remove();
    return;
  }
  hiddenField(row, "removed", "1");
  const said = row.querySelector(".dr-gone");
  said.hidden = false;
  const title = isText(row) ? words(row).value : (field(row, "annex_title")?.value ?? row.querySelector("caption")?.textContent ?? "");
  said.querySelector("q").textContent = title.length > 60 ? `${title.slice(0, 58)}…` : title || gone;
}

export function takeBack(row) {
  hiddenField(row, "removed", null);
  row.querySelector(".dr-gone").hidden = true;
}
